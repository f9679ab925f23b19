"""Taking in what a bank's file says: each credit once, whichever files it is in."""

import hashlib
from datetime import datetime

from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from tickets.models import StatementFile, StatementLine
from tickets.statements.entries import Entry, Statement, fingerprints

_BATCH = 500


def receive(*, statement: Statement, name: str, data: bytes, now: datetime, actor: Actor) -> StatementFile:
    """Keep the credits of a file that are not known yet, to be assigned; all of them or none.

    Args:
        statement: What the file says; its faults are left out, so show them before.
        name: Of the file, for people.
        data: The file itself, of which only the hash is kept.
        now: When.
        actor: Who.
    """
    rows = list(zip(fingerprints(statement.entries), statement.entries, strict=True))
    with writing(public=False):
        file = StatementFile.objects.create(
            name=name[:120],
            digest=hashlib.sha256(data).hexdigest(),
            imported_at=now,
            left_out=len(statement.faults),
        )
        lines = [_line(file, fingerprint, entry) for fingerprint, entry in rows]
        StatementLine.objects.bulk_create(lines, batch_size=_BATCH, ignore_conflicts=True)
        file.added = file.lines.count()
        file.known = len(rows) - file.added
        file.save(update_fields=["added", "known"])
        facts = {"added": file.added, "known": file.known, "left_out": file.left_out}
        audit.record("statement.imported", file, actor=actor, at=now, facts=facts)
    return file


def _line(file: StatementFile, fingerprint: str, entry: Entry) -> StatementLine:
    return StatementLine(
        file=file,
        fingerprint=fingerprint,
        line=entry.line,
        booked_on=entry.booked_on,
        amount_cents=entry.cents,
        currency=entry.currency,
        text=entry.text,
        counterparty=entry.counterparty,
        bank_id=entry.bank_id,
        account=entry.account,
        is_return=entry.is_return,
    )
