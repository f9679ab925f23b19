"""What the stage shows one after the other, and which of it is the last that a hall waits for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Beat(StrEnum):
    """What a scene is."""

    OPENING = "opening"
    OTHER = "other"  # a welcome, a film, music
    PRIZE = "prize"
    FINALISTS = "finalists"
    MENTION = "mention"
    WINNER = "winner"
    NOBODY = "nobody"
    CLOSING = "closing"


REVEALS = frozenset({Beat.MENTION, Beat.WINNER, Beat.NOBODY})


@dataclass(frozen=True, slots=True)
class Outline:
    """How much a step of the running order has to show; `finalists` only if they are to be named."""

    is_prize: bool = False
    finalists: int = 0
    mentions: int = 0
    winners: int = 0
    is_not_awarded: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture on stage: of which step, counted from 0, and which of its mentions or winners."""

    beat: Beat
    step: int | None = None
    which: int = 0

    @property
    def reveals(self) -> bool:
        """Whether it tells what nobody in the hall knew."""
        return self.beat in REVEALS


def scenes_of(outlines: Iterable[Outline]) -> list[Scene]:
    """Return the scenes of an evening: of each prize its name, its finalists, then its mentions, then who wins."""
    scenes = [Scene(Beat.OPENING)]
    for step, outline in enumerate(outlines):
        if not outline.is_prize:
            scenes.append(Scene(Beat.OTHER, step))
            continue
        scenes.append(Scene(Beat.PRIZE, step))
        scenes += [Scene(Beat.FINALISTS, step)] if outline.finalists else []
        scenes += [Scene(Beat.MENTION, step, which) for which in range(outline.mentions)]
        scenes += [Scene(Beat.WINNER, step, which) for which in range(outline.winners)]
        scenes += [Scene(Beat.NOBODY, step)] if outline.is_not_awarded else []
    return [*scenes, Scene(Beat.CLOSING)]


def last_reveal(scenes: Sequence[Scene]) -> int | None:
    """Return the number of the last scene that reveals something, counted from 0; None when none does."""
    return max((number for number, scene in enumerate(scenes) if scene.reveals), default=None)
