"""What everybody may see: the call's dates, and the finalists once they are announced. Nothing of the jury's work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from awards.models import Call, Category, Entry, Round, Tally, TallyRow
from awards.pages.stages import Stage, Windows, days_left, stage_at
from awards.pages.winners import Announced, announced_of
from festival.core.writing import site_generation
from festival.text.collation import sort_key
from festival.time import clock


@dataclass(frozen=True, slots=True)
class CallFacts:
    """The current call, its categories and rounds, and the finalists of its frozen results.

    `results` are those that have their moment, the newest first: from when they are public, entries by category slug.

    `judging` is the first round of the jury, `deciding` the one whose finalists are announced, `vote` the public's.
    """

    call: Call
    categories: tuple[Category, ...]
    judging: Round | None
    deciding: Round | None
    vote: Round | None
    results: tuple[tuple[datetime, dict[str, tuple[Entry, ...]]], ...]
    is_undecided: bool  # there is a frozen result, and no moment for it
    announced: Announced | None = None

    @property
    def windows(self) -> Windows:
        """The moments of the call."""
        last = self.deciding or self.judging
        return Windows(
            opens=self.call.opens,
            closes=self.call.closes,
            judging_opens=self.judging.opens if self.judging else None,
            judging_closes=last.closes if last else None,
            finalists_at=self._finalists_at(),
            vote_opens=self.vote.opens if self.vote else None,
            vote_closes=self.vote.closes if self.vote else None,
            winners_at=self.announced.publish_at if self.announced and self.announced.is_told else None,
        )

    def _finalists_at(self) -> datetime | None:
        """From when the first result is public, else what is planned; nothing is, once that was put off."""
        planned = None if self.is_undecided or self.deciding is None else self.deciding.announced_at
        return min((moment for moment, _ in self.results), default=planned)


@dataclass(frozen=True, slots=True)
class CategoryFinalists:
    """A category and its finalists by title: their order says nothing of their rank."""

    category: Category
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class CallStatus:
    """The call at the aware moment `at`: its stage, and the days left until the stage's end."""

    facts: CallFacts
    windows: Windows
    stage: Stage
    days_left: int
    at: datetime

    @property
    def call(self) -> Call:
        """The call."""
        return self.facts.call

    @property
    def vote_announced_at(self) -> datetime | None:
        """When the result of the public's vote is announced, if that is known."""
        return self.facts.vote.announced_at if self.facts.vote else None

    @property
    def winners(self) -> Announced | None:
        """What is announced of the prizes, once everybody may know."""
        announced = self.facts.announced
        return announced if announced and announced.is_public(self.at) else None

    @property
    def winners_planned_at(self) -> datetime | None:
        """When the winners become known, while that is ahead."""
        planned = self.facts.announced.publish_at if self.facts.announced else None
        return planned if planned and planned > self.at else None

    @property
    def is_over(self) -> bool:
        """Whether the ceremony has been: the moment when the last result is announced has come."""
        return self.vote_announced_at is not None and self.at >= self.vote_announced_at

    @property
    def are_finalists_public(self) -> bool:
        """Whether the finalists are announced."""
        known = {Stage.FINALISTS, Stage.VOTING, Stage.VOTED, Stage.WINNERS}
        return self.stage in known and any(self.finalists.values())

    @property
    def finalists(self) -> dict[str, tuple[Entry, ...]]:
        """The finalists by category slug of the newest result that is public at this moment."""
        return next((named for moment, named in self.facts.results if moment <= self.at), {})


def call_facts(edition: int | None = None) -> CallFacts | None:
    """Return the public facts of the current call, or of the archived `edition`'s; asks the database once a generation.

    None without a call, and for an edition that is current or still to come.
    """
    key = f"award-facts:{site_generation()}:{edition or ''}"
    kept: CallFacts | bool | None = cache.get(key, default=False)
    if not isinstance(kept, bool):
        return kept
    facts = _read_facts(edition)
    cache.set(key, facts, 300)
    return facts


def call_status(*, now: datetime, edition: int | None = None) -> CallStatus | None:
    """Return where the current call, or that of the archived `edition`, stands at the aware moment `now`."""
    facts = call_facts(edition)
    if facts is None:
        return None
    windows = facts.windows
    stage = stage_at(windows, now)
    ends = {
        Stage.SOON: windows.opens,
        Stage.OPEN: windows.closes,
        Stage.CHECKING: windows.judging_opens,
        Stage.JUDGING: windows.judging_closes,
        Stage.DECIDED: windows.finalists_at,
        Stage.FINALISTS: windows.vote_opens,
        Stage.VOTING: windows.vote_closes,
    }
    until = ends.get(stage)
    left = days_left(at=now, until=until, zone=clock.zone()) if until else 0
    return CallStatus(facts, windows, stage, left, now)


def finalists(status: CallStatus) -> list[CategoryFinalists]:
    """Return the announced finalists by category, alphabetically; empty before they are announced."""
    if not status.are_finalists_public:
        return []
    return [
        CategoryFinalists(category, tuple(sorted(status.finalists[category.slug], key=_by_title)))
        for category in status.facts.categories
        if status.finalists.get(category.slug)
    ]


def finalist(status: CallStatus, slug: str) -> Entry | None:
    """Return one announced finalist or winner, or None: other projects stay private."""
    groups: Sequence[CategoryFinalists] = finalists(status)
    found = next((entry for group in groups for entry in group.entries if entry.slug == slug), None)
    return found or next((entry for entry in _awarded(status) if entry.slug == slug), None)


def _awarded(status: CallStatus) -> list[Entry]:
    """Return the projects that won a prize or are mentioned, finalists or not."""
    lines = status.winners.prizes if status.winners else ()
    return [entry for line in lines for entry in (*line.winners, *line.mentions)]


def archive_of(slug: str, *, now: datetime) -> int | None:
    """Return the newest past edition with an announced finalist of that short name, or, for "", with any finalist."""
    for number in dict.fromkeys(Call.objects.archived().values_list("edition__number", flat=True)):
        status = call_status(now=now, edition=number)
        if status and (finalist(status, slug) if slug else finalists(status)):
            return number
    return None


def _by_title(entry: Entry) -> str:
    return sort_key(str(entry.title))


def _read_facts(edition: int | None) -> CallFacts | None:
    calls = Call.objects
    call = calls.current() if edition is None else calls.archived().filter(edition__number=edition).first()
    if call is None:
        return None
    rounds = list(call.rounds.order_by("order"))
    of_jury = [item for item in rounds if item.kind != Round.Kind.PUBLIC]
    tallies = list(Tally.objects.filter(round__call=call).select_related("round"))
    announced = {tally.round_id for tally in tallies if tally.announced_at}
    deciding = next((item for item in of_jury if item.announced_at or item.pk in announced), None)
    ours = [tally for tally in tallies if deciding and tally.round_id == deciding.pk]
    categories = tuple(call.categories.order_by("sort_order", "pk"))
    return CallFacts(
        call=call,
        categories=categories,
        judging=next(iter(of_jury), None),
        deciding=deciding,
        vote=next((item for item in rounds if item.kind == Round.Kind.PUBLIC), None),
        results=_results([tally for tally in ours if tally.announced_at]),
        is_undecided=bool(ours) and ours[0].announced_at is None,
        announced=announced_of(call),
    )


def _results(tallies: Sequence[Tally]) -> tuple[tuple[datetime, dict[str, tuple[Entry, ...]]], ...]:
    named: dict[int, dict[str, list[Entry]]] = {tally.pk: {} for tally in tallies}
    rows = TallyRow.objects.filter(tally__in=tallies, is_finalist=True, entry__state=Entry.State.ELIGIBLE)
    for row in rows.select_related("entry__category", "category").order_by("tally_id", "place") if tallies else ():
        named[row.tally_id].setdefault(row.category.slug, []).append(row.entry)
    return tuple(
        (tally.announced_at, {slug: tuple(entries) for slug, entries in named[tally.pk].items()})
        for tally in tallies
        if tally.announced_at
    )
