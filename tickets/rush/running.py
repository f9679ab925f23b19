"""Lets the visitors of a rush loose, and measures beside them what this machine can do at best."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from random import Random

from django.db import connections
from django.utils import timezone

from festival.core.limits import Rate, count
from tickets.rush.rules import Arrival, Outcome
from tickets.rush.visitors import Browser, Target, visit

MOST_AT_ONCE = 600  # visitors under way; who comes beyond that waits, and the wait counts
FLOOR_SECONDS = 3.0
FLOOR_THREADS = 8
COMMIT = Rate("load-test-floor", limit=10**9, seconds=60)


@dataclass(frozen=True, slots=True)
class Floor:
    """What this machine does at best in this very run: answers of a bare view and bare commits, a second."""

    views: float
    commits: float


def let_loose(target: Target, plan: Sequence[Arrival], *, seed: int) -> tuple[list[Outcome], float]:
    """Send every visitor at their moment, whether or not the ones before are done; return outcomes and seconds."""
    began = time.perf_counter()
    coming: list[Future[Outcome]] = []
    with ThreadPoolExecutor(min(MOST_AT_ONCE, len(plan) or 1)) as pool:
        for arrival in plan:
            due = began + arrival.at
            time.sleep(max(0, due - time.perf_counter()))
            chance = Random(f"{seed}-{arrival.number}")  # noqa: S311 -- repeatable, not secret
            coming.append(pool.submit(visit, target, arrival, chance=chance, due=due))
        outcomes = [one.result() for one in coming]
    return outcomes, time.perf_counter() - began


def measure_floor(target: Target) -> Floor:
    """Ask for the barest view, then commit the barest row, as fast as both go."""
    return Floor(views=_rate(_viewer(target)), commits=_rate(_committer))


def _rate(make: Callable[[int], Callable[[], object]]) -> float:
    """Return how often a second the works of all threads are done."""
    done = [0] * FLOOR_THREADS
    ends = time.perf_counter() + FLOOR_SECONDS

    def work(number: int) -> None:
        try:
            do = make(number)
            while time.perf_counter() < ends:
                do()
                done[number] += 1
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[number]) for number in range(FLOOR_THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / FLOOR_SECONDS


def _viewer(target: Target) -> Callable[[int], Callable[[], object]]:
    def make(number: int) -> Callable[[], object]:
        browser = Browser(target, number)
        return lambda: browser.get("/healthz")

    return make


def _committer(number: int) -> Callable[[], object]:
    """Return the least that is ever committed: one statement that moves one counter, which `tick` forgets."""
    return lambda: count(COMMIT, f"thread {number}", now=timezone.now())
