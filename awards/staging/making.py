"""Preparing a call: its usual rounds, versions of its rules and of its questions."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from awards.exceptions.staging import RoundsThere, RubricMissing, RulesKept
from awards.models import Call, Question, Round, RulesVersion
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.text.languages import in_all_languages

WEEK = timedelta(days=7)
# The default of the research: a shortlist by partial cards, then the whole jury, then everybody among the finalists.
_USUAL: tuple[dict[str, Any], ...] = (
    {
        "kind": Round.Kind.JURY,
        "name": _("Shortlist"),
        "after": 1,
        "lasts": 3,
        "readers_per_entry": 5,
        "finalists_per_category": 8,
    },
    {"kind": Round.Kind.FINAL, "name": _("Final"), "after": 5, "lasts": 2, "finalists_per_category": 3},
    {"kind": Round.Kind.PUBLIC, "name": _("Public vote"), "after": 8, "lasts": 2, "mode": Round.Mode.GRADE},
)


def make_usual_rounds(*, call_id: int, actor: Actor, now: datetime) -> list[Round]:
    """Make the usual rounds of a call that has none: shortlist, final of the whole jury, public vote.

    Each takes the finalists of the one before; dates, numbers and names can be changed afterwards.

    Raises RoundsThere when the call has rounds, RubricMissing when it has no rubric to score by.
    """
    with writing(public=True):
        call = Call.objects.select_for_update(of=("self",)).select_related("edition").get(pk=call_id)
        if call.rounds.exists():
            raise RoundsThere
        rubric = call.rubrics.order_by("-version").first()
        if rubric is None:
            raise RubricMissing
        made: list[Round] = []
        for order, usual in enumerate(_USUAL, start=1):
            fields = dict(usual)
            opens = call.closes + WEEK * fields.pop("after")
            closes = opens + WEEK * fields.pop("lasts")
            fields["name"] = in_all_languages(fields["name"])
            fields["rubric"] = rubric if fields["kind"] != Round.Kind.PUBLIC else None
            fields["readers_per_entry"] = fields.get("readers_per_entry") or max(3, call.jurors.seated().count())
            follows = made[-1] if made else None
            dates = {"opens": opens, "closes": closes}
            made.append(Round.objects.create(call=call, order=order, follows=follows, **dates, **fields))
        facts: dict[str, audit.Fact] = {"rounds": len(made)}
        audit.record("call.rounds_made", call, actor=actor, at=now, facts=facts, edition=call.edition)
    return made


def keep_rules(*, call: Call, now: datetime) -> RulesVersion:
    """Keep the rules that a saved call has now, as their version; the same again keeps nothing new.

    Raises RulesKept when this version was kept with another text.
    """
    return _keep(call, RulesVersion.For.APPLICANTS, call.rules_version, call.rules, now)


def keep_terms(*, call: Call, now: datetime) -> RulesVersion:
    """Keep the terms that a call has for its jury now, as `keep_rules` does with the rules."""
    return _keep(call, RulesVersion.For.JURY, call.jury_terms_version, call.jury_terms, now)


def _keep(call: Call, audience: str, version: str, text: Any, now: datetime) -> RulesVersion:
    with writing(public=True):
        kept, _made = RulesVersion.objects.get_or_create(
            call=call, audience=audience, version=version, defaults={"text": text, "adopted_at": now}
        )
        if kept.text != text:
            raise RulesKept
    return kept


def renew(*, question_id: int, actor: Actor, now: datetime) -> Question:
    """Make the next version of a question, which is asked from now on in place of the one before, and return it.

    What was answered stays with the version that it answers. A question that nobody has answered is returned as it is,
    and so is the newest version when an earlier one is renewed again.
    """
    with writing(public=True):
        old = Question.objects.select_for_update(of=("self",)).select_related("call__edition").get(pk=question_id)
        if not old.is_current:
            return Question.objects.current().get(call=old.call_id, slug=old.slug)
        if not (count := answers_to(old)):
            return old
        Question.objects.filter(pk=old.pk).update(is_current=False)
        new = Question.objects.create(
            version=old.version + 1,
            **{name: getattr(old, name) for name in _fields_of(Question) if name not in {"version", "is_current"}},
        )
        new.categories.set(old.categories.all())
        new.save()
        for option in old.options.all():
            fields = {name: getattr(option, name) for name in _fields_of(type(option)) if name != "question"}
            new.options.model.objects.create(question=new, **fields)
        facts: dict[str, audit.Fact] = {"version": new.version, "answers": count}
        audit.record("question.renewed", new, actor=actor, at=now, facts=facts, edition=old.call.edition)
    return new


def answers_to(question: Question) -> int:
    """Return how many answers and files hang on a version of a question."""
    return question.answers.count() + question.files.count()


def _fields_of(model: Any) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name not in {"id", "uuid"}]
