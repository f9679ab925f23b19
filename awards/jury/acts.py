"""Who did what around a jury, read from the audit log: never what jurors wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from awards.models import Entry, Juror, Round
from festival.models import AuditEntry

SHOWN = 100
_OPEN = (
    "assignment.made",
    "assignment.taken_back",
    "assignment.reassigned",
    "assignments.proposed",
    "assignments.released",
    "assignments.discarded",
    "juror.reminded",
)
_DECIDING = ("casting_vote.cast", "result.frozen", "result.publication_set")


@dataclass(frozen=True, slots=True)
class ShownAct:
    """One act as a sentence."""

    at: datetime
    who: str
    what: str


def acts_of(judged: Round, *, with_ranking: bool) -> list[ShownAct]:
    """Return the newest acts of a round, at most 100. Without the ranking, nothing is there that would tell of it."""
    verbs = _OPEN + _DECIDING if with_ranking else _OPEN
    acts = AuditEntry.objects.filter(verb__in=verbs, facts__round=str(judged.uuid)).order_by("-pk")[:SHOWN]
    names: dict[str, str] = {
        str(uuid): name for uuid, name in Juror.objects.filter(call=judged.call_id).values_list("uuid", "name")
    }
    names |= {str(entry.uuid): str(entry.title) for entry in Entry.objects.filter(call=judged.call_id)}
    return [ShownAct(act.at, act.actor_name, _sentence(act.verb, act.facts, names)) for act in acts]


_SENTENCES = {
    "assignment.made": gettext_lazy("%(juror)s reads “%(entry)s”."),
    "assignment.taken_back": gettext_lazy("%(juror)s no longer reads “%(entry)s”."),
    "assignment.reassigned": gettext_lazy("“%(entry)s” went from %(from)s to %(to)s."),
    "assignments.discarded": gettext_lazy("A plan of assignments was discarded."),
    "juror.reminded": gettext_lazy("%(juror)s was reminded."),
    "casting_vote.cast": gettext_lazy("The chair gave a casting vote."),
    "result.frozen": gettext_lazy("The result was frozen."),
    "result.publication_set": gettext_lazy("The moment of the publication was set."),
}


def _sentence(verb: str, facts: Mapping[str, Any], names: Mapping[str, str]) -> str:
    words = {key: names.get(str(value), value) for key, value in facts.items()}
    if verb in {"assignments.proposed", "assignments.released"}:
        return _of_a_plan(verb, facts)
    sentence = str(_SENTENCES[verb] % words)
    if facts.get("card") == "kept":
        return f"{sentence} {_('The scorecard that was begun is kept and does not count.')}"
    return sentence


def _of_a_plan(verb: str, facts: Mapping[str, Any]) -> str:
    if verb == "assignments.proposed":
        sentence = ngettext(
            "A plan of %(pairs)s assignment was proposed.",
            "A plan of %(pairs)s assignments was proposed.",
            facts["pairs"],
        )
        return sentence % facts
    sentence = ngettext(
        "A plan of %(pairs)s assignment was released.",
        "A plan of %(pairs)s assignments was released.",
        facts["pairs"],
    )
    return " ".join(filter(None, (sentence % facts, facts["reason"])))
