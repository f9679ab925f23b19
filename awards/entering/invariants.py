"""What must always hold of what applicants sent in. `manage.py fsck` prints a line per violation."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from awards.entering.rules import fingerprint
from awards.models import Answer, Applicant, Entry, EntryDraft, EntryFile, EntryMember, EntryRevision


def violations() -> list[str]:
    """Return one English sentence per broken rule; empty when all is well."""
    return [line for check in CHECKS for line in check()]


def _revisions() -> Iterator[str]:
    """What was sent in fits its hash, and versions are numbered without a gap."""
    last: dict[int, int] = {}
    for row in EntryRevision.objects.order_by("entry_id", "number").iterator():
        if row.number != last.get(row.entry_id, 0) + 1:
            yield f"Version {row.number} of project {row.entry_id} does not follow the one before."
        last[row.entry_id] = row.number
        if row.snapshot != {"erased": True} and fingerprint(row.snapshot) != row.sha256:
            yield f"Version {row.number} of project {row.entry_id} does not fit its hash."
    for answer in Answer.objects.exclude(question__call=F("entry__call")):
        yield f"Answer {answer.pk} is to a question of another call."
    sent = EntryRevision.objects.filter(entry=OuterRef("entry"))
    for draft in EntryDraft.objects.filter(Exists(sent), entry__state=Entry.State.DRAFT):
        yield f"Project {draft.entry_id} is a draft although it was sent in."


def _files() -> Iterator[str]:
    """A file answers a question of its project's call; a version without names is of the same project."""
    for file in EntryFile.objects.exclude(question__call=F("entry__call")):
        yield f"File {file.pk} answers a question of another call."
    for file in EntryFile.objects.filter(redacted__isnull=False).exclude(redacted__entry=F("entry")):
        yield f"File {file.pk} has a version without names that is another project's."


def _people() -> Iterator[str]:
    """Nobody writes along on their own project, and of an erased applicant no address is kept."""
    for member in EntryMember.objects.present().filter(applicant=F("entry__applicant")):
        yield f"Member {member.pk} writes along on their own project."
    erased = Applicant.objects.filter(erased_at__isnull=False)
    for applicant in erased.exclude(Q(name=""), Q(email__endswith="@erased.invalid")):
        yield f"Applicant {applicant.pk} was erased and still has a name or an address."


CHECKS = (_revisions, _files, _people)
