"""What is printed of a rush, and what must never happen in one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from festival.models import Edition
from tickets.catalogue import stock
from tickets.models import Order, Quota
from tickets.rush.rules import ACCEPTED, LOOKED, SOLD_OUT, Errand, Outcome, errors, percentile, server_faults
from tickets.rush.running import Floor

_PERCENTS = (50, 95, 99, 100)


@dataclass(frozen=True, slots=True)
class Round:
    """One rush: its visitors, how many seconds it took, and the CPU seconds of the web server (0: not measured)."""

    outcomes: tuple[Outcome, ...]
    seconds: float
    cpu: float

    @property
    def accepted(self) -> list[Outcome]:
        """Who got an order."""
        return [outcome for outcome in self.outcomes if outcome.result == ACCEPTED]


def floor_line(floor: Floor, vendor: str) -> str:
    """Return what this machine does at best."""
    return f"Floor: {floor.views:.0f} bare views/s, {floor.commits:.0f} bare commits/s ({vendor}), each alone."


def round_lines(one: Round, number: int) -> Iterator[str]:
    """Yield the lines of a round; `number` 0 is the only one."""
    results = Counter(outcome.result for outcome in one.outcomes)
    title = f"Round {number}: " if number else ""
    yield (
        f"{title}{len(one.outcomes)} visitors in {one.seconds:.1f} s: {results[ACCEPTED]} orders accepted, "
        f"{len(one.accepted) / one.seconds:.1f} a second; {results[SOLD_OUT]} sold out, {results[LOOKED]} only looked."
    )
    if number:
        yield from (f"   {result}: {count}" for result, count in errors(one.outcomes).most_common())
        return
    for errand in Errand:
        if waits := [outcome.seconds for outcome in one.outcomes if outcome.errand is errand]:
            yield f"   {errand}, from arrival to the last page: {_percentiles(waits)}"
    answers = [answer.seconds for outcome in one.outcomes for answer in outcome.answers]
    yield f"   {len(answers)} answers: {_percentiles(answers)}"
    if one.cpu and answers:
        each = f", {one.cpu * 1000 / len(one.accepted):.1f} ms an accepted order" if one.accepted else ""
        yield f"   CPU of the web server: {one.cpu:.1f} s, {one.cpu * 1000 / len(answers):.1f} ms an answer{each}"
    wrong = errors(one.outcomes)
    yield from (f"   {result}: {count}" for result, count in wrong.most_common())
    if not wrong:
        yield "   No errors."


def violations(edition: Edition, rounds: Sequence[Round]) -> list[str]:
    """Return a sentence for each thing that must never happen: a failing server, places sold twice, an order lost."""
    outcomes = [outcome for one in rounds for outcome in one.outcomes]
    found = []
    if faults := server_faults(outcomes):
        found.append(f"The server failed {faults} times (5xx).")
    found += [
        f"{result}: {count}" for result, count in errors(outcomes).items() if result.startswith(("no ", "HTTP 4"))
    ]
    for quota in Quota.objects.filter(edition=edition):
        if (sold := stock.recount(quota)) > quota.size:
            found.append(f"Oversold: {quota} has {quota.size} places and sold {sold}.")
    codes = {outcome.code for one in rounds for outcome in one.accepted}
    accepted = sum(len(one.accepted) for one in rounds)
    kept = Order.objects.filter(edition=edition, code__in=codes).count()
    if kept != accepted:
        found.append(f"{accepted} orders were accepted, and {kept} are in the books.")
    if not accepted and any(outcome.errand is not Errand.LOOK for outcome in outcomes):
        found.append("No order was accepted.")
    return found


def _percentiles(seconds: Sequence[float]) -> str:
    return ", ".join(f"{percent} % within {percentile(seconds, percent) * 1000:.0f} ms" for percent in _PERCENTS)
