"""What could be assigned: the fair plan of a round, and who can take over a project."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from awards.jury.distribution import Pair, distribute
from awards.jury.rounds import entries_of
from awards.models import Assignment, Entry, Juror, Recusal, Round


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One juror: how many projects they read now, and those that the plan adds."""

    juror: Juror
    before: int
    added: tuple[Entry, ...]

    @property
    def after(self) -> int:
        """How many they would read."""
        return self.before + len(self.added)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The plan of a round, by juror; `lacking` are projects with the number of readers that nobody can be."""

    lines: tuple[PlanLine, ...]
    lacking: tuple[tuple[Entry, int], ...]
    sha256: str

    @property
    def count(self) -> int:
        """How many assignments it makes."""
        return sum(len(line.added) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A juror who can take over a project, with how many they read in the round."""

    juror: Juror
    load: int


def plan_of(judged: Round) -> Proposal:
    """Return who would read what in a round. A fixed number of queries; the same rows give the same plan."""
    jurors = {str(juror.uuid): juror for juror in judged.call.jurors.select_related("user")}
    eligible = entries_of(judged).filter(state=Entry.State.ELIGIBLE).select_related("applicant", "category")
    entries = {str(entry.uuid): entry for entry in eligible}
    assignments = list(Assignment.objects.filter(round=judged).select_related("juror", "entry"))
    taken = {
        _pair(item) for item in assignments if item.state == Assignment.State.OPEN and str(item.entry.uuid) in entries
    }
    closed = {_pair(item) for item in assignments if item.state != Assignment.State.OPEN}
    plan = distribute(
        jurors=jurors,
        entries=entries,
        readers=judged.readers_per_entry,
        taken=taken,
        barred=closed | set(conflicts(judged, jurors.values(), entries.values())),
        seed=str(judged.uuid),
    )
    added: dict[str, list[Entry]] = defaultdict(list)
    for juror, entry in plan.pairs:
        added[juror].append(entries[entry])
    loads = {key: sum(pair[0] == key for pair in taken) for key in jurors}
    lines = (PlanLine(juror, loads[key], tuple(sorted(added[key], key=_by_title))) for key, juror in jurors.items())
    written = "\n".join(f"{juror} {entry}" for juror, entry in [*plan.pairs, *sorted(taken)])
    lacking = tuple((entries[entry], number) for entry, number in plan.lacking)
    return Proposal(tuple(lines), lacking, sha256(written.encode()).hexdigest())


def conflicts(judged: Round, jurors: Iterable[Juror], entries: Iterable[Entry]) -> Iterable[Pair]:
    """Yield the pairs that must not be: recusals of any round, and projects that jurors applied with themselves."""
    recused = Recusal.objects.filter(juror__call=judged.call_id).values_list("juror__uuid", "entry__uuid")
    yield from ((str(juror), str(entry)) for juror, entry in recused)
    jurors = list(jurors)
    for entry in entries:
        yield from ((str(juror.uuid), str(entry.uuid)) for juror in jurors if is_own(entry, juror))


def is_own(entry: Entry, juror: Juror) -> bool:
    """Return whether a juror applied with the project, by the addresses; applicant and account are fetched along."""
    applicant = entry.applicant.email.casefold() if entry.applicant else ""
    addresses = {juror.email.casefold(), juror.user.email.casefold() if juror.user else ""}
    return bool(applicant) and applicant in addresses


def candidates_for(assignment: Assignment, by: Juror | None = None) -> list[Candidate]:
    """Return who can take over, the least busy first.

    Nobody with a conflict, nobody who reads the project already, and not who decides it (`by`).
    """
    judged = assignment.round
    jurors = list(Juror.objects.filter(call=judged.call_id).select_related("user"))
    entry = Entry.objects.select_related("applicant").get(pk=assignment.entry_id)
    pairs = Assignment.objects.filter(round=judged).values_list("juror_id", "entry_id", "state")
    busy = [(juror, read) for juror, read, state in pairs if state == Assignment.State.OPEN]
    closed = {juror for juror, read, state in pairs if read == entry.pk and state != Assignment.State.REASSIGNED}
    barred = {juror for juror, _ in conflicts(judged, jurors, [entry]) if _ == str(entry.uuid)}
    able = [juror for juror in jurors if juror.pk not in closed and str(juror.uuid) not in barred]
    able = [juror for juror in able if juror.pk != assignment.juror_id and juror != by]
    found = [Candidate(juror, sum(each == juror.pk for each, _ in busy)) for juror in able]
    return sorted(found, key=lambda item: (item.load, item.juror.sort_name, item.juror.pk))


def _pair(assignment: Assignment) -> Pair:
    return str(assignment.juror.uuid), str(assignment.entry.uuid)


def _by_title(entry: Entry) -> str:
    return str(entry.title).casefold()
