"""Doing the same thing many times at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar

from django.db import connections


class _Race:
    """Who of a race still runs, and who of them waits for the others."""

    def __init__(self, runners: int) -> None:
        self._runners = runners
        self._waiting = 0
        self._legs = 0
        self._moved = threading.Condition()

    def wait_for_others(self, seconds: int) -> None:
        """Wait until all who still run wait too, or so long: the database may hold one back until another has ended."""
        with self._moved:
            leg = self._legs
            self._waiting += 1
            self._begin_leg_if_all_are_there()
            if not self._moved.wait_for(lambda: self._legs > leg, timeout=seconds):
                self._waiting -= 1

    def leave(self) -> None:
        """Be waited for no longer."""
        with self._moved:
            self._runners -= 1
            self._begin_leg_if_all_are_there()

    def _begin_leg_if_all_are_there(self) -> None:
        if self._waiting == self._runners:
            self._legs += 1
            self._waiting = 0
            self._moved.notify_all()


_race: ContextVar[_Race | None] = ContextVar("race", default=None)


def abreast() -> None:
    """Let everybody of the race come this far before anybody goes on, once in a race; outside of one nobody waits.

    Between the reading and the writing of careless code, it makes each control go wrong every time: all of them have
    read before the first one writes, unless one reads for three seconds.
    """
    race = _race.get()
    _race.set(None)
    if race is not None:
        race.wait_for_others(seconds=3)


def at_once[T](count: int, function: Callable[[int], T]) -> list[T | Exception]:
    """Call `function(n)` for every n below `count` in as many threads, let go together; return results and errors."""
    race = _Race(count)

    def one(number: int) -> T | Exception:
        _race.set(race)
        try:
            race.wait_for_others(seconds=60)
            return function(number)
        except Exception as error:
            return error
        finally:
            race.leave()
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
