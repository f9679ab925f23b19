"""The chair's charts in words: possible ranks, severity, agreement, and how the scorecards came in.

They are for those who see the whole ranking; none is ever on a juror's page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import gettext as _, ngettext

from awards.counting.agreement import Agreement
from awards.models import Juror
from awards.results.board import Board, CloseLine, RankLine, Table
from awards.results.estimates import Estimate, Estimates
from festival.look import charts
from festival.look.charts import Chart, Interval, Mark, Span

MOST = 40  # projects in a chart; the ranking has all
SURE = 1.645  # standard errors on each side, between which nine of ten lie
DAYS = 60  # columns at most; more days share one
CHANCE = 0.05  # a p-value from which on agreement may be chance
AGREE = (0.3, 0.5, 0.7, 0.9)  # of Kendall's W, from which on another word holds


def rank_chart(table: Table, places: int) -> Chart | None:
    """Draw between which ranks each project of a category may lie, with the line below the last finalist."""
    known = [(line, line.estimate) for line in table.ranked if line.estimate and line.estimate.rank_low is not None]
    if not known or table.is_split:
        return None
    shown = known[:MOST]
    span = Span(1, max(2, *(estimate.rank_high or 1 for _line, estimate in shown)))
    drawn = charts.rows([_interval(line, estimate, table.close) for line, estimate in shown], span)
    cut = Mark(span.at(places + 0.5), _cut_words(places), _side(places + 0.5, span))
    told = _("A dot is the rank as counted; nine times of ten the true rank lies on its line.")
    if len(known) > len(shown):
        told += " " + _("The first %(shown)s of %(all)s projects are drawn.") % {"shown": MOST, "all": len(known)}
    return Chart(
        name=f"ranks-{table.category.slug}",
        title=_("Possible ranks: %(category)s") % {"category": table.category.name},
        told=told,
        height=charts.height_of(len(drawn)),
        marks=tuple(Mark(span.at(tick), f"{tick:.0f}") for tick in charts.ticks(span.low, span.high, whole=True)),
        head=(_("Project"), _("Rank"), _("Possible ranks"), _("Chance to be first")),
        table=tuple(_rank_cells(line, estimate) for line, estimate in shown),
        rows=drawn,
        cuts=(cut,) if places < span.high else (),
    )


def _interval(line: RankLine, estimate: Estimate, close: Sequence[CloseLine]) -> Interval:
    tied = any(line.entry in item.entries for item in close)
    kind = "tied" if tied else "in" if line.row.is_finalist else ""
    rank, low, high = line.row.rank or 1, estimate.rank_low or 1, estimate.rank_high or 1
    # The count of the rules may rank a project where the model would not: the whisker stays what the model says.
    return Interval(str(line.entry.title), rank, low, high, kind)


def _rank_cells(line: RankLine, estimate: Estimate) -> tuple[str, ...]:
    first = "–" if estimate.first is None else _percent(estimate.first)
    return (
        str(line.entry.title),
        str(line.row.rank),
        f"{estimate.rank_low}–{estimate.rank_high}",
        first,
    )


def _cut_words(places: int) -> str:
    return ngettext("%(count)s finalist", "%(count)s finalists", places) % {"count": places}


def _side(value: float, span: Span) -> str:
    return "start" if value < (span.low + span.high) / 2 else "end"


def close_in_words(line: CloseLine) -> str:
    """Say that two projects cannot be told apart, and how many cards more would settle it."""
    one, other = ({"title": entry.title} for entry in line.entries)
    facts = {"one": _("“%(title)s”") % one, "other": _("“%(title)s”") % other, "percent": _percent(line.call.ahead)}
    told = _("%(one)s and %(other)s cannot be told apart: %(percent)s for %(one)s.") % facts
    more = line.call.more_cards
    if more is None:
        return f"{told} " + _("No sensible number of scorecards would settle it: the jury has to.")
    settled = ngettext(
        "%(count)s more scorecard for each would settle it, if they differ as they seem to.",
        "%(count)s more scorecards for each would settle it, if they differ as they seem to.",
        more,
    )
    return f"{told} {settled % {'count': more}}"


def severity_chart(board: Board) -> Chart | None:
    """Draw how much lower than the usual juror each one marks; None where nothing tells."""
    found = sorted(_severities(board), key=lambda item: (-item[1], item[0].sort_name))
    if not found:
        return None
    edge = max(1.0, *(abs(value) + SURE * error for _juror, value, error in found))
    span = Span(-edge, edge)
    intervals = [
        Interval(juror.name, value, value - SURE * error, value + SURE * error, _severity_kind(value, error))
        for juror, value, error in found
    ]
    return Chart(
        name="severity",
        title=_("How severe each juror is"),
        told=_(
            "To the right of the middle line: harsher than the usual juror; to the left: more generous. "
            "In points of 100. Nobody but the chair and the organisers sees it."
        ),
        height=charts.height_of(len(found)),
        marks=tuple(Mark(span.at(tick), _signed(tick)) for tick in charts.ticks(-edge, edge)),
        head=(_("Juror"), _("In words"), _("Scorecards")),
        table=tuple(
            (juror.name, severity_in_words(value, error), str(_cards_of(board, juror))) for juror, value, error in found
        ),
        rows=charts.rows(intervals, span),
        cuts=(Mark(span.at(0), ""),),
    )


def _severities(board: Board) -> Iterator[tuple[Juror, float, float]]:
    for line in board.jurors:
        key = str(line.juror.uuid)
        error = board.estimates.severity_errors.get(key)
        if error is not None:
            yield line.juror, board.estimates.severity[key], error


def _cards_of(board: Board, juror: Juror) -> int:
    return next(line.done for line in board.jurors if line.juror.pk == juror.pk)


def _severity_kind(value: float, error: float) -> str:
    return "in" if abs(value) > SURE * error else ""


def severity_in_words(value: float, error: float) -> str:
    """Say by how much a juror is harsher or more generous, in points of 100, and whether that is more than chance."""
    points = {"points": formats.number_format(abs(value), 1), "error": formats.number_format(SURE * error, 1)}
    if abs(value) < 0.05:
        return _("as the usual juror, give or take %(error)s points") % points
    told = (
        _("harsher by %(points)s points, give or take %(error)s")
        if value > 0
        else _("more generous by %(points)s points, give or take %(error)s")
    ) % points
    return told if _severity_kind(value, error) else f"{told} – " + _("it may be chance")


def agreement_chart(board: Board) -> Chart | None:
    """Draw Kendall's W of each category, 0 for chance and 1 for one order; None where it can be told of none."""
    found = [
        (table.category.name, agreed)
        for table in board.tables
        if (agreed := board.estimates.agreement.get(str(table.category.uuid)))
    ]
    if not found:
        return None
    span = Span(0, 1)
    values = [(str(name), w_of(agreed)) for name, agreed in found]
    return Chart(
        name="agreement",
        title=_("How much the jurors agree"),
        told=_("Kendall’s W: 0 is what chance gives, 1 is one and the same order of all jurors."),
        height=charts.height_of(len(values)),
        marks=tuple(Mark(span.at(tick), formats.number_format(tick, 1)) for tick in charts.ticks(0, 1)),
        head=(_("Category"), _("Kendall’s W"), _("In words")),
        table=tuple(
            (str(name), formats.number_format(w_of(agreed), 2), agreement_in_words(agreed)) for name, agreed in found
        ),
        rows=charts.rows([Interval(name, value, 0, value, "in") for name, value in values], span),
    )


@dataclass(frozen=True, slots=True)
class Charts:
    """What is drawn under the rankings, and in words how far they can be relied on."""

    all: tuple[Chart, ...]
    reliable: str


def charts_of(board: Board, places: int) -> Charts:
    """Return the charts of a board whose ranking is shown; of one without, how the scorecards came in alone."""
    drawn = [rank_chart(table, places) for table in board.tables]
    drawn += [severity_chart(board), agreement_chart(board), progress_chart(board)]
    return Charts(tuple(chart for chart in drawn if chart), reliable_in_words(board.estimates))


def w_of(agreed: Agreement) -> float:
    """Return Kendall's W with the correction for ties, where there is one."""
    return agreed.kendall_w if agreed.kendall_w_ties is None else agreed.kendall_w_ties


def agreement_in_words(agreed: Agreement) -> str:
    """Say what a W means, and whether it may be chance."""
    words = (
        _("the jurors see quite different things"),
        _("they agree a little"),
        _("they agree fairly well"),
        _("they agree well"),
        _("they give nearly one order"),
    )
    told = words[sum(w_of(agreed) >= step for step in AGREE)]
    p_value = agreed.p_value if agreed.p_value_ties is None else agreed.p_value_ties
    return told if p_value < CHANCE else f"{told} – " + _("it may be chance")


def reliable_in_words(estimates: Estimates) -> str:
    """Say how far the mean of a project's scorecards can be relied on, and how many it would take; or nothing."""
    if estimates.reliability is None or estimates.cards_for_reliable is None:
        return ""
    wanted = ngettext(
        "%(count)s scorecard a project would make it 80 %%.",
        "%(count)s scorecards a project would make it 80 %%.",
        estimates.cards_for_reliable,
    ) % {"count": estimates.cards_for_reliable}
    told = _("Of what separates the projects, %(percent)s is the projects and not chance.")
    return told % {"percent": _percent(estimates.reliability)} + f" {wanted}"


def progress_chart(board: Board) -> Chart | None:
    """Draw how many scorecards were in at the end of each day; None before the first."""
    if not board.handed_in:
        return None
    first, last = board.handed_in[0], board.handed_in[-1]
    each = -(-((last - first).days + 1) // DAYS)
    ends = [last - timedelta(days=each * number) for number in range(((last - first).days) // each + 1)][::-1]
    counts = [sum(day <= end for day in board.handed_in) for end in ends]
    wanted = max(board.cards_wanted, counts[-1])
    return Chart(
        name="progress",
        title=_("Scorecards handed in"),
        told=_("In by the end of each day; the line on top is all that the jury was asked for."),
        height=charts.HEAD + charts.COLUMNS + charts.FOOT,
        marks=tuple(_ends(ends)),
        head=(_("Day"), _("Scorecards")),
        table=tuple((_day(end), str(count)) for end, count in zip(ends, counts, strict=True)),
        columns=charts.columns(counts, wanted),
    )


def _ends(days: Sequence[date]) -> list[Mark]:
    first = Mark(charts.percent(charts.LEFT), _day(days[0]), "start")
    return [first, Mark(charts.percent(charts.RIGHT), _day(days[-1]), "end")] if len(days) > 1 else [first]


def _day(day: date) -> str:
    return formats.date_format(day, "SHORT_DATE_FORMAT")


def _signed(value: float) -> str:
    return formats.number_format(value, 0 if value == int(value) else 1)


def _percent(share: float) -> str:
    return _("%(number)s %%") % {"number": round(100 * share)}
