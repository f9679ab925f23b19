"""The audit log: every action records who did what, in its own transaction; the periodic job seals it (decision 0022).

What may stand in `facts`: ids, states, amounts, counts, short words. No secret and no address: a sealed row cannot be
mended later. Keys that name a secret are refused; in texts, what looks like one is replaced by `[…]`.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Self
from uuid import UUID

from django.db.models import Model

from festival.core import redaction
from festival.core.writing import require_transaction, writing
from festival.models import AuditEntry, Edition, SealHead, User

type Fact = str | int | bool | date | datetime | UUID | list[Fact] | tuple[Fact, ...] | Mapping[str, Fact] | None
type Plain = str | int | bool | list[Plain] | dict[str, Plain] | None

GENESIS = "0" * 64  # what the first entry of the chain has as its previous seal
FACTS_LIMIT = 4000  # characters of JSON
BATCH = 500
_VERB = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*\.[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: `key` for machines, such as `user:12`; `name` for people, as it was at that moment."""

    key: str
    name: str = ""

    @classmethod
    def of_user(cls, user: User) -> Self:
        """Return a person who is signed in."""
        return cls(f"user:{user.pk}", str(user))

    @classmethod
    def of_order(cls, code: str, name: str = "") -> Self:
        """Return whoever holds the secret address of an order."""
        return cls(f"order:{code}", name)

    @classmethod
    def system(cls, job: str) -> Self:
        """Return the machine itself at a job, such as `tick`."""
        return cls(f"system:{job}")


IMPORTER = Actor.system("import")  # whatever is read from a file, the demonstration's too


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done: `verb` is `noun.past`, such as `order.placed`; `subject` is a stored row."""

    verb: str
    subject: Model
    facts: Mapping[str, Fact] | None = None


def record(
    verb: str,
    subject: Model,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Fact] | None = None,
    edition: Edition | None = None,
) -> None:
    """Write one entry with one INSERT, in the transaction of what it tells.

    Raises:
        RuntimeError: Outside a transaction.
        ValueError: For a malformed verb, an unsaved subject, facts that are too long or named like a secret.
        TypeError: For a fact that is none of the types of `Fact`.
    """
    record_many([Act(verb, subject, facts)], actor=actor, at=at, edition=edition)


def record_many(acts: Iterable[Act], *, actor: Actor, at: datetime, edition: Edition | None = None) -> None:
    """Write an entry for each of `acts`, all by one actor at one moment, with one INSERT. Raises as `record` does."""
    require_transaction("Acts are recorded")
    AuditEntry.objects.bulk_create(_entry(act, actor, at, edition) for act in acts)


def seal(now: datetime) -> int:
    """Put all entries that have no seal into the chain, and return how many they were.

    Goes batch by batch, oldest first. May run twice at once: each batch holds the end of the chain. Those who record
    never touch that row, so they do not wait for it.
    """
    sealed = 0
    while count := _seal_batch(now):
        sealed += count
    return sealed


def seal_of(entry: AuditEntry, *, position: int, previous: str) -> str:
    """Return the seal: SHA-256, as 64 hexadecimal digits, of the seal before and the entry as canonical JSON."""
    row = {
        "position": position,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "verb": entry.verb,
        "subject_type": entry.subject_type,
        "subject_id": entry.subject_id,
        "edition": entry.edition,
        "facts": entry.facts,
    }
    return hashlib.sha256((previous + _canonical(row)).encode()).hexdigest()


def _seal_batch(now: datetime) -> int:
    with writing(public=False):
        SealHead.objects.bulk_create([SealHead(pk=1, seal=GENESIS)], ignore_conflicts=True)
        head = SealHead.objects.select_for_update().get(pk=1)
        entries = list(AuditEntry.objects.unsealed()[:BATCH])
        for entry in entries:
            head.position += 1
            entry.position, entry.previous = head.position, head.seal
            head.seal = entry.seal = seal_of(entry, position=head.position, previous=head.seal)
        if entries:
            AuditEntry.objects.write_seals(entries)
        SealHead.objects.filter(pk=1).update(position=head.position, seal=head.seal, sealed_at=now)
        return len(entries)


def _entry(act: Act, actor: Actor, at: datetime, edition: Edition | None) -> AuditEntry:
    if not _VERB.fullmatch(act.verb):
        raise ValueError(f"A verb is written like order.placed, not {act.verb!r}.")
    if act.subject.pk is None:
        raise ValueError(f"The subject of {act.verb} is not stored yet.")
    return AuditEntry(
        at=at,
        actor=actor.key,
        actor_name=actor.name[:150],
        verb=act.verb,
        subject_type=act.subject._meta.label_lower,
        subject_id=str(act.subject.pk),
        subject_name=redaction.redact(str(act.subject))[:200],
        edition=str(edition.number) if edition else "",
        facts=_checked(act.facts or {}),
    )


def _checked(facts: Mapping[str, Fact]) -> dict[str, Plain]:
    plain = {key: _plain(key, value) for key, value in facts.items()}
    if len(_canonical(plain)) > FACTS_LIMIT:
        raise ValueError(f"Facts take at most {FACTS_LIMIT} characters.")
    return plain


def _plain(key: str, value: Fact) -> Plain:
    """Return the value as JSON holds it. Floats are refused: engines write them differently, which breaks seals."""
    if redaction.names_a_secret(key):
        raise ValueError(f"The audit log holds no secrets: {key!r} is named like one.")
    match value:
        case str():
            return redaction.redact(value)
        case int() | None:
            return value
        case datetime() | date() | UUID():
            return str(value.astimezone(UTC) if isinstance(value, datetime) else value)
        case list() | tuple():
            return [_plain(key, item) for item in value]
        case Mapping():
            return {name: _plain(name, item) for name, item in value.items()}
    raise TypeError(f"The fact {key!r} is a {type(value).__name__}, which the audit log does not hold.")


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
