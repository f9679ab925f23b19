"""The running order with what was decided, and the scenes of the stage."""

from dataclasses import dataclass
from datetime import datetime

from awards.ceremony.rules import Beat, Outline, Scene, last_reveal, scenes_of
from awards.deliberation.queries import PrizeLine, deciding_tally, prize_lines, standing_announcement
from awards.models import Announcement, Call, CeremonyStep, Decision, Entry, Prize, TallyRow


@dataclass(frozen=True, slots=True)
class Line:
    """A step of the evening with what was decided of its prize, if it is one."""

    step: CeremonyStep
    finalists: tuple[Entry, ...] = ()
    mentions: tuple[Decision, ...] = ()
    winners: tuple[Decision, ...] = ()
    nobody: Decision | None = None

    @property
    def prize(self) -> Prize | None:
        """The prize."""
        return self.step.prize

    @property
    def is_open(self) -> bool:
        """Whether it is a prize for which nothing is decided."""
        return self.prize is not None and not self.winners and self.nobody is None

    @property
    def outline(self) -> Outline:
        """How much there is to show."""
        return Outline(
            is_prize=self.prize is not None,
            finalists=len(self.finalists),
            mentions=len(self.mentions),
            winners=len(self.winners),
            is_not_awarded=self.nobody is not None,
        )


@dataclass(frozen=True, slots=True)
class Show:
    """An evening: its lines, its scenes, and whether it has begun; until then it rehearses and names no winner."""

    call: Call
    announcement: Announcement | None
    lines: tuple[Line, ...]
    scenes: tuple[Scene, ...]
    has_begun: bool

    @property
    def last(self) -> int:
        """The number of the last scene, counted from 0."""
        return len(self.scenes) - 1

    @property
    def last_reveal(self) -> int | None:
        """The number of the scene with which everything is known."""
        return last_reveal(self.scenes)

    @property
    def publishes(self) -> bool:
        """Whether the last reveal lets everybody know."""
        return self.has_begun and self.announcement is not None and self.announcement.at_last_reveal

    def line_of(self, scene: Scene) -> Line | None:
        """Return the step that a scene shows."""
        return None if scene.step is None else self.lines[scene.step]

    def decision_of(self, scene: Scene) -> Decision | None:
        """Return what a scene reveals: a winner, a mention, or that nobody wins; None for any other scene."""
        line = self.line_of(scene)
        if line is None or not scene.reveals:
            return None
        if scene.beat == Beat.NOBODY:
            return line.nobody
        return (line.winners if scene.beat == Beat.WINNER else line.mentions)[scene.which]


def show_of(call: Call, now: datetime) -> Show:
    """Return the evening of a call as it is arranged and decided at the aware moment `now`."""
    lines = lines_of(call, now)
    announcement = standing_announcement(call)
    begun = announcement.stage_begun_at if announcement else None
    scenes = scenes_of(line.outline for line in lines)
    return Show(call, announcement, tuple(lines), tuple(scenes), begun is not None and begun <= now)


def lines_of(call: Call, now: datetime) -> list[Line]:
    """Return the running order of a call, in a fixed number of queries."""
    decided = {line.prize.pk: line for line in prize_lines(call)}
    finalists = _finalists(call, now)
    steps = call.ceremony_steps.select_related("prize__category").order_by("place", "pk")
    return [_line(step, decided, finalists) for step in steps]


def without_place(call: Call) -> list[Prize]:
    """Return the prizes that stand nowhere in the running order."""
    prizes = call.prizes.filter(ceremony_step__isnull=True).select_related("category")
    return list(prizes.order_by("sort_order", "pk"))


def _finalists(call: Call, now: datetime) -> list[TallyRow]:
    tally = deciding_tally(call, now)
    if tally is None:
        return []
    rows = tally.rows.filter(is_finalist=True, entry__state=Entry.State.ELIGIBLE).select_related("entry__category")
    # By title: the order on the screen says nothing of the ranks.
    return sorted(rows, key=lambda row: str(row.entry.title).casefold())


def _line(step: CeremonyStep, decided: dict[int, PrizeLine], finalists: list[TallyRow]) -> Line:
    prize = step.prize
    if prize is None:
        return Line(step)
    made = decided[prize.pk].decisions
    standing = [item for item in made if item.entry is None or item.entry.state == Entry.State.ELIGIBLE]
    own = prize.category_id if prize.category and not prize.category.by_public_vote else None
    named = [row.entry for row in finalists if own in {None, row.category_id}] if step.names_finalists else []
    return Line(
        step,
        tuple(named),
        tuple(item for item in standing if item.kind == Decision.Kind.MENTION),
        tuple(item for item in standing if item.kind == Decision.Kind.WINNER),
        next((item for item in standing if item.kind == Decision.Kind.NOT_AWARDED), None),
    )
