"""Who may not judge what, and who can take over a project."""

from collections.abc import Iterable
from dataclasses import dataclass

from awards.models import Assignment, Entry, Juror, Recusal, Round

type Pair = tuple[str, str]  # juror, project: their uuids


@dataclass(frozen=True, slots=True)
class Candidate:
    """A juror who can take over a project, with how many they read in the round."""

    juror: Juror
    load: int


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
    jurors = list(Juror.objects.seated().filter(call=judged.call_id).select_related("user"))
    entry = Entry.objects.select_related("applicant").get(pk=assignment.entry_id)
    pairs = Assignment.objects.filter(round=judged).values_list("juror_id", "entry_id", "state")
    busy = [(juror, read) for juror, read, state in pairs if state == Assignment.State.OPEN]
    closed = {juror for juror, read, state in pairs if read == entry.pk and state != Assignment.State.REASSIGNED}
    barred = {juror for juror, _ in conflicts(judged, jurors, [entry]) if _ == str(entry.uuid)}
    able = [juror for juror in jurors if juror.pk not in closed and str(juror.uuid) not in barred]
    able = [juror for juror in able if juror.pk != assignment.juror_id and juror != by]
    found = [Candidate(juror, sum(each == juror.pk for each, _ in busy)) for juror in able]
    return sorted(found, key=lambda item: (item.load, item.juror.sort_name, item.juror.pk))
