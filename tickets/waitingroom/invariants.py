"""What must always be true of the waiting room; `manage.py fsck` and every test ask this."""

from collections.abc import Iterator

from tickets.models import WaitingPlace, WaitingRoom
from tickets.waitingroom import queries, rules


def violations() -> list[str]:
    """Return a sentence for every broken rule, none when all is well."""
    return [line for check in CHECKS for line in check()]


def _rooms() -> Iterator[str]:
    for room in WaitingRoom.objects.all():
        yield from _turns(room)


def _turns(room: WaitingRoom) -> Iterator[str]:
    """Whoever waits stands where lot or arrival put them: the draw, counted again."""
    times = queries.times_of(room)
    for place in room.places.filter(state=WaitingPlace.State.WAITING).iterator():
        if place.turn != (turn := rules.turn(times, key=place.key, came_at=place.came_at, seed=room.seed)):
            yield f"Waiting room {room}: place {place.pk} has turn {place.turn}, it should be {turn}."


# Each is a check of its own, which hangs on nothing that another one found.
CHECKS = (_rooms,)
