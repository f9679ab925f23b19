"""What awards templates need: the call's status, finalists, whole amounts, ties in words."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.utils import formats
from django.utils.translation import get_language, gettext as _

from awards.models import Answer, Call, Entry, Question
from awards.pages.queries import CallStatus, CategoryFinalists, call_status, finalists as announced
from awards.results.board import CloseLine, TieLine
from awards.results.charts import close_in_words
from awards.results.tally import CHAIR, HEAD_TO_HEAD, MAJORITY
from festival.models import Section
from festival.pages.navigation import site_facts
from festival.text.languages import main_language
from festival.text.typography import listed, price
from festival.time import clock
from program.published.addresses import edition_in_address, programme_path

register = template.Library()
register.simple_tag(main_language)


@register.simple_tag
def award_call() -> CallStatus | None:
    """Return where the current call stands now, or None without a call."""
    return call_status(now=clock.now())


@register.simple_tag(takes_context=True)
def projects_url(context: Context, slug: str = "") -> str:
    """Return the path of the finalists' list, or of one finalist; in an archive the one of that edition."""
    edition = edition_in_address(context.get("request"))
    return programme_path(*(("awards-project", slug) if slug else ("awards-projects",)), edition=edition)


@register.simple_tag(takes_context=True)
def results_url(context: Context) -> str:
    """Return the path of the page that says who won; in an archive the one of that edition."""
    return programme_path("awards-results", edition=edition_in_address(context.get("request")))


@register.simple_tag
def award_finalists(status: CallStatus | None, category: str = "") -> Sequence[CategoryFinalists]:
    """Return the announced finalists by category, or of one category only."""
    groups = announced(status) if status else []
    return [group for group in groups if not category or group.category.slug == category]


@register.filter
def tags_here(entry: Entry) -> list[str]:
    """Return the tags of a project on a page in the language of its application, the only one they are typed in."""
    return entry.tag_list if get_language() == (entry.language or main_language()) else []


@register.filter
def section_of(call: Call) -> Section | str:
    """Return the part of the week that gives the contest its colour and shape, from what every page knows."""
    return next((section for section in site_facts().sections if section.pk == call.section_id), "")


@register.filter
def section_class(call: Call) -> str:
    """Return the class that sets the colour of that part of the week."""
    section = section_of(call)
    return f"s-{section.slug}" if isinstance(section, Section) else ""


@register.filter
def whole_price(amount: int | None, currency: str) -> str:
    """Return `12 000 €` for an amount in whole units of `currency`; empty for None."""
    return "" if amount is None else price(amount * 100, currency)


@register.filter
def in_words(answer: Answer) -> str:
    """Return an answer as a reader sees it; not for files."""
    value = answer.value
    match answer.question.kind:
        case Question.Kind.CHOICE | Question.Kind.CHOICES:
            chosen = {value} if isinstance(value, str) else set(value)
            return ", ".join(str(option.label) for option in answer.question.options.all() if option.slug in chosen)
        case Question.Kind.BUDGET:
            return " · ".join(
                f"{line['label']} {price(line['cents'], answer.entry.call.edition.currency)}" for line in value
            )
        case Question.Kind.NUMBER:
            return formats.number_format(value)
        case Question.Kind.DATE:
            return formats.date_format(date.fromisoformat(value))
    return str(value)


@register.simple_tag
def why_in_this_order(line: TieLine) -> str:
    """Say how a tie was decided, with the numbers."""
    facts: dict[str, Any] = {
        "projects": _listed(entry.title for entry in line.entries),
        "score": formats.number_format(line.score, 2),
    }
    if line.criterion and not line.means:
        facts["criterion"] = line.criterion.name
        return (
            _("%(projects)s have the same adjusted score. The adjusted score of “%(criterion)s” alone decides.") % facts
        )
    if line.criterion:
        facts |= {
            "criterion": line.criterion.name,
            "means": _(" against ").join(formats.number_format(mean, 2) for mean in line.means),
        }
        return _("%(projects)s have the same score, %(score)s. The mean of “%(criterion)s” decides: %(means)s.") % facts
    if line.tie.decided_by == MAJORITY:
        return _("%(projects)s have the same score, %(score)s. The majority value of their scorecards decides.") % facts
    if line.tie.decided_by == HEAD_TO_HEAD:
        return _("%(projects)s have the same score, %(score)s. The jurors who read both decide.") % facts
    if line.tie.decided_by == CHAIR:
        return _("%(projects)s have the same score, %(score)s. The chair’s vote decides.") % facts
    return (
        _("%(projects)s have the same score, %(score)s, and nothing separates them yet: they share their rank.") % facts
    )


@register.simple_tag
def cannot_be_told_apart(line: CloseLine) -> str:
    """Say that two neighbours at a line that decides cannot be told apart, and what would settle it."""
    return close_in_words(line)


def _listed(titles: Iterable[object]) -> str:
    return listed([_("“%(title)s”") % {"title": title} for title in titles])
