"""The winners of a call as its announcement names them, and what stands where one was withdrawn."""

from dataclasses import dataclass
from datetime import datetime

from awards.models import Announcement, Call, Decision, Entry, Juror, Prize


@dataclass(frozen=True, slots=True)
class AnnouncedPrize:
    """A prize with what was decided: who won it, who is mentioned, or that nobody gets it; each may have a reason."""

    prize: Prize
    won: tuple[Decision, ...]
    mentioned: tuple[Decision, ...]
    nobody: Decision | None

    @property
    def winners(self) -> tuple[Entry, ...]:
        """The projects that won it."""
        return tuple(item.entry for item in self.won if item.entry is not None)

    @property
    def mentions(self) -> tuple[Entry, ...]:
        """The projects that are mentioned for it."""
        return tuple(item.entry for item in self.mentioned if item.entry is not None)


@dataclass(frozen=True, slots=True)
class Announced:
    """What an announcement says from `publish_at` on; `prizes` is empty until the applicants were told.

    `notice` says what is corrected, in all languages, of the announcement that was withdrawn last.
    """

    publish_at: datetime | None
    is_told: bool
    word: object
    prizes: tuple[AnnouncedPrize, ...]
    jury: tuple[Juror, ...]
    notice: object
    withdrawn_at: datetime | None

    def is_public(self, at: datetime) -> bool:
        """Return whether everybody may know at the aware moment `at`."""
        return self.is_told and self.publish_at is not None and at >= self.publish_at

    def prizes_of(self, entry: Entry) -> list[Prize]:
        """Return the prizes that a project won."""
        return [line.prize for line in self.prizes if entry in line.winners]

    def mentions_of(self, entry: Entry) -> list[Prize]:
        """Return the prizes that a project is mentioned for."""
        return [line.prize for line in self.prizes if entry in line.mentions]


def announced_of(call: Call) -> Announced | None:
    """Return what is announced of a call, or was; None when nothing ever was planned."""
    announcements = list(Announcement.objects.filter(call=call).order_by("created_at", "pk"))
    if not announcements:
        return None
    standing = next((item for item in announcements if item.withdrawn_at is None), None)
    # What was withdrawn before anybody could read it needs no notice.
    seen = [
        item for item in announcements if item.withdrawn_at and item.told_at and item.publish_at <= item.withdrawn_at
    ]
    is_told = standing is not None and standing.told_at is not None
    return Announced(
        publish_at=standing.publish_at if standing else None,
        is_told=is_told,
        word=standing.word if standing else "",
        prizes=tuple(_prizes(standing)) if standing and is_told else (),
        jury=_jury(call) if standing and standing.names_jury else (),
        notice=seen[-1].notice if seen else "",
        withdrawn_at=seen[-1].withdrawn_at if seen else None,
    )


def _jury(call: Call) -> tuple[Juror, ...]:
    """Return who judged, the chair first; whoever was erased is not named."""
    return tuple(call.jurors.filter(erased_at=None).order_by("-is_chair", "sort_name", "pk"))  # type: ignore[attr-defined]


def _prizes(announcement: Announcement) -> list[AnnouncedPrize]:
    decisions = announcement.decisions.select_related("entry__category", "prize__category")
    found: dict[Prize, list[Decision]] = {}
    for decision in decisions.order_by("prize__sort_order", "prize_id", "decided_at", "pk"):
        found.setdefault(decision.prize, []).append(decision)
    return [
        AnnouncedPrize(
            prize,
            _named(made, Decision.Kind.WINNER),
            _named(made, Decision.Kind.MENTION),
            next((item for item in made if item.kind == Decision.Kind.NOT_AWARDED), None),
        )
        for prize, made in found.items()
    ]


def _named(decisions: list[Decision], kind: str) -> tuple[Decision, ...]:
    """Return the decisions of one kind; a project that has left the contest since is not named."""
    named = [item for item in decisions if item.kind == kind and item.entry is not None]
    return tuple(item for item in named if item.entry and item.entry.state == Entry.State.ELIGIBLE)
