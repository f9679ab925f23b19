"""What the chair sees of an assignment: the plan by juror, the checks, the plans before."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from awards.assignment.circumstances import Circumstances, circumstances_of
from awards.assignment.inspection import Level, inspect, worst
from awards.assignment.proposing import findings_of, outdated_by
from awards.assignment.wording import ShownFinding, shown, shown_changes, shown_cut
from awards.models import AssignmentBatch, Entry, Juror, Round


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One juror: how many projects they read now, those that the plan adds, and those that it takes back."""

    juror: Juror
    before: int
    added: tuple[Entry, ...]
    dropped: tuple[Entry, ...]

    @property
    def after(self) -> int:
        """How many they would read."""
        return self.before + len(self.added) - len(self.dropped)


@dataclass(frozen=True, slots=True)
class ShareOut:
    """The chair's page: who reads how much, the plan if there is one, the checks, what stands in the way."""

    batch: AssignmentBatch | None
    lines: tuple[PlanLine, ...]
    findings: tuple[ShownFinding, ...]
    cuts: tuple[str, ...]
    needs_reason: bool
    is_barred: bool
    outdated: str
    lacking: int
    released: tuple[AssignmentBatch, ...]


def share_out_of(judged: Round) -> ShareOut:
    """Return what the chair sees before projects are shared out. A fixed number of queries."""
    standing = circumstances_of(judged)
    batches = list(AssignmentBatch.objects.filter(round=judged).exclude(state="discarded").select_related("settled_by"))
    batch = next((each for each in batches if each.state == AssignmentBatch.State.PROPOSED), None)
    changes = outdated_by(batch, standing) if batch else {}
    fits = batch if batch and not changes else None
    spans = standing.spans_categories
    findings = (
        findings_of(fits, standing) if fits else inspect(standing.demand, standing.existing, spans_categories=spans)
    )
    return ShareOut(
        batch=batch,
        lines=_lines(fits, standing),
        findings=tuple(shown(finding, standing) for finding in findings),
        cuts=tuple(shown_cut(cut, standing) for cut in fits.metrics["cuts"]) if fits else (),
        needs_reason=worst(findings) == Level.RED,
        is_barred=worst(findings) == Level.NEVER,
        outdated=shown_changes(changes) if changes else "",
        lacking=_lacking(standing),
        released=tuple(each for each in batches if each.state == AssignmentBatch.State.RELEASED),
    )


def _lines(batch: AssignmentBatch | None, standing: Circumstances) -> tuple[PlanLine, ...]:
    loads = Counter(juror for juror, _ in standing.existing)
    added, dropped = (
        _by_juror(batch.added if batch else [], standing),
        _by_juror(batch.dropped if batch else [], standing),
    )
    in_order = sorted(standing.jurors.items(), key=lambda item: (item[1].sort_name, item[1].pk))
    return tuple(PlanLine(juror, loads[key], added[key], dropped[key]) for key, juror in in_order)


def _by_juror(pairs: list[list[str]], standing: Circumstances) -> defaultdict[str, tuple[Entry, ...]]:
    found: defaultdict[str, tuple[Entry, ...]] = defaultdict(tuple)
    for juror, entry in pairs:
        if juror in standing.jurors and entry in standing.entries:
            found[juror] = (*found[juror], standing.entries[entry])
    return found


def _lacking(standing: Circumstances) -> int:
    """Return how many assignments the round lacks."""
    has = Counter(entry for _, entry in standing.existing)
    demand = standing.demand
    return sum(
        max(0, (len(able) if project.wanted is None else project.wanted) - has[project.key])
        for project, able in zip(demand.projects, demand.able, strict=True)
    )
