"""What the checks found, why a demand cannot be met, and what went wrong: in the visitor's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from awards.assignment.circumstances import Circumstances
from awards.assignment.inspection import Check, Finding, Level
from awards.exceptions import AwardsError
from awards.exceptions.assignment import ProposalOutdated
from awards.models import Round
from awards.wording import sentence_for

_SENTENCES = {
    "nothing_to_propose": gettext_lazy("Every project has its jurors."),
    "proposal_settled": gettext_lazy("This plan was released or discarded meanwhile."),
    "conflict_in_plan": gettext_lazy(
        "Somebody would read a project from which a conflict of interest bars them. Propose anew."
    ),
    "grid_changed": gettext_lazy(
        "Who reads what has changed since you opened this page, so nothing was saved. What you ticked is still below, "
        "on what stands now; look at it and save again."
    ),
    "reason_missing": gettext_lazy("A check has failed. Say why the plan is released all the same, or propose anew."),
}
_TITLES = {
    Check.CONFLICTS: gettext_lazy("Conflicts of interest"),
    Check.READERS: gettext_lazy("Jurors per project"),
    Check.LINKED: gettext_lazy("Comparable marks"),
    Check.GAP: gettext_lazy("Mixing of the jury"),
    Check.BRIDGE: gettext_lazy("Bridges between categories"),
    Check.LOADS: gettext_lazy("Even work"),
    Check.LANGUAGES: gettext_lazy("Languages"),
    Check.CATEGORIES: gettext_lazy("Categories"),
}
_GOOD = {
    Check.CONFLICTS: gettext_lazy("Nobody reads a project from which a conflict bars them."),
    Check.READERS: gettext_lazy("Every project has its jurors."),
    Check.LINKED: gettext_lazy("All projects that compete are linked by jurors who read several of them."),
    Check.GAP: gettext_lazy("Jurors meet often enough over the same projects: %(number)s of 1."),
    Check.BRIDGE: gettext_lazy("%(percent)s per cent of the projects have a juror who also reads in another category."),
    Check.LOADS: gettext_lazy("Nobody reads two projects more than another juror with room."),
    Check.LANGUAGES: gettext_lazy("Everybody reads in languages that they know."),
    Check.CATEGORIES: gettext_lazy("Everybody reads in their categories."),
}
_BAD = {
    Check.CONFLICTS: gettext_lazy("Barred by a conflict: %(pairs)s. Take these back; no reason lets them through."),
    Check.READERS: gettext_lazy("These lack jurors: %(projects)s. Add jurors, or ask for fewer jurors per project."),
    Check.LINKED: gettext_lazy(
        "No juror links these with the others, so that a harsh jury cannot be told from weak projects: %(projects)s. "
        "Let one juror read on both sides."
    ),
    Check.GAP: gettext_lazy(
        "Jurors hardly meet over the same projects: %(number)s of 1, 0.5 is good, below 0.3 is too little. More jurors "
        "per project, or fewer limits of category and language, help."
    ),
    Check.BRIDGE: gettext_lazy(
        "Only %(percent)s per cent of the projects have a juror who also reads in another category; a prize across "
        "categories needs 20 per cent. Let some jurors read in several."
    ),
    Check.LOADS: gettext_lazy("These read more than others who have room: %(readers)s."),
    Check.LANGUAGES: gettext_lazy("Not in a language of the juror: %(pairs)s."),
    Check.CATEGORIES: gettext_lazy("Not in a category of the juror: %(pairs)s."),
}
_STATES = {
    Level.GREEN: gettext_lazy("good"),
    Level.AMBER: gettext_lazy("could be better"),
    Level.RED: gettext_lazy("not good"),
    Level.NEVER: gettext_lazy("must not be"),
}
MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A check in words."""

    check: str
    level: str
    title: str
    state: str
    text: str


def shown(finding: Finding, standing: Circumstances) -> ShownFinding:
    """Return a finding in words, with what to do about it."""
    sentences = _GOOD if finding.level == Level.GREEN else _BAD
    words = {
        "number": formats.number_format(finding.number, 2),
        "percent": f"{finding.number * 100:.0f}",
        "projects": _projects(finding.projects, standing),
        "readers": _readers(finding.readers, standing),
        "pairs": _pairs(finding, standing) if len(finding.readers) == len(finding.projects) else "",
    }
    text = str(sentences[finding.check]) % words
    title, state = str(_TITLES[finding.check]), str(_STATES[finding.level])
    return ShownFinding(str(finding.check), str(finding.level), title, state, text)


def shown_cut(cut: Mapping[str, Any], standing: Circumstances) -> str:
    """Return why projects cannot get their jurors, as the smallest bottleneck shows it."""
    words = {
        "projects": _projects(cut["projects"], standing),
        "jurors": _readers(cut["jurors"], standing),
        "needed": cut["needed"],
        "possible": cut["possible"],
        "lacking": cut["needed"] - cut["possible"],
    }
    if not cut["jurors"]:
        sentence = ngettext(
            "%(projects)s: %(needed)s juror is needed, %(possible)s can be had. Nobody else may read it.",
            "%(projects)s: %(needed)s jurors are needed, %(possible)s can be had. Nobody else may read it.",
            cut["needed"],
        )
        return sentence % words
    sentence = ngettext(
        "%(projects)s: %(needed)s reading is needed, %(possible)s can be had, because %(jurors)s are full. "
        "Raise their number of projects, or find jurors for %(lacking)s more.",
        "%(projects)s: %(needed)s readings are needed, %(possible)s can be had, because %(jurors)s are full. "
        "Raise their number of projects, or find jurors for %(lacking)s more.",
        cut["needed"],
    )
    return sentence % words


def shown_changes(changes: Mapping[str, int]) -> str:
    """Return what has changed since a plan was made."""
    kinds = {
        "jurors": lambda n: ngettext("%(count)s juror", "%(count)s jurors", n),
        "projects": lambda n: ngettext("%(count)s project", "%(count)s projects", n),
        "conflicts": lambda n: ngettext("%(count)s conflict", "%(count)s conflicts", n),
        "assignments": lambda n: ngettext("%(count)s assignment", "%(count)s assignments", n),
    }
    counted = ", ".join(kinds[kind](count) % {"count": count} for kind, count in changes.items())
    return _("The plan no longer fits. Since it was made this came, went or changed: %(counted)s. Propose anew.") % {
        "counted": counted
    }


def sentence(error: AwardsError, judged: Round) -> str:
    """Return what to tell the person whose action was refused."""
    if isinstance(error, ProposalOutdated):
        return shown_changes(error.changes)
    return str(_SENTENCES.get(error.code) or sentence_for(error, judged))


def _quoted(standing: Circumstances, key: str) -> str:
    return _("“%(title)s”") % {"title": standing.entries[key].title}


def _projects(keys: Sequence[str], standing: Circumstances) -> str:
    return _named([_quoted(standing, key) for key in keys if key in standing.entries])


def _readers(keys: Sequence[str], standing: Circumstances) -> str:
    return _named([standing.jurors[key].name for key in keys if key in standing.jurors])


def _pairs(finding: Finding, standing: Circumstances) -> str:
    pairs = zip(finding.readers, finding.projects, strict=True)
    return _named([f"{standing.jurors[juror].name} – {_quoted(standing, entry)}" for juror, entry in pairs])


def _named(names: Sequence[str]) -> str:
    """Return the first few names, and how many more there are."""
    more = len(names) - MOST_NAMED
    listed = ", ".join(names[:MOST_NAMED])
    if more <= 0:
        return listed
    return ngettext("%(names)s and %(more)s more", "%(names)s and %(more)s more", more) % {
        "names": listed,
        "more": more,
    }
