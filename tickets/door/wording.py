"""What the door reads on the screen: one large word, who, and what to do next."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, npgettext, pgettext_lazy

from festival.text.typography import clock_time, short_date
from tickets.door.checkin import Outcome
from tickets.door.queries import TicketAtDoor
from tickets.door.verdicts import Verdict
from tickets.models import Checkin


@dataclass(frozen=True, slots=True)
class Answer:
    """One screen.

    `tone` chooses colour, shape and sound: yes, again, no or question. `holds`: it stays until somebody goes on.
    `who`, `what`, `detail` and `advice` may be empty.
    """

    verdict: str
    tone: str
    word: str
    who: str
    what: str
    detail: str
    advice: str
    holds: bool


@dataclass(frozen=True, slots=True)
class _Wording:
    tone: str
    word: Promise
    advice: Promise | str = ""
    names_holder: bool = True


_DESK = gettext_lazy("Send the person to the welcome desk.")
_WORDINGS = {
    Verdict.ADMITTED: _Wording("yes", pgettext_lazy("door", "Welcome")),
    Verdict.ALREADY_IN: _Wording(
        "again",
        pgettext_lazy("door", "Already in"),
        gettext_lazy("If they only went out for a moment, let them in. If in doubt, call the person in charge."),
    ),
    Verdict.LEFT: _Wording("yes", pgettext_lazy("door", "Goodbye")),
    Verdict.NOT_IN: _Wording(
        "question",
        pgettext_lazy("door", "Was not in"),
        gettext_lazy("This ticket was not scanned on the way in, or has left already."),
    ),
    Verdict.WRONG_DAY: _Wording("no", pgettext_lazy("door", "Wrong day"), _DESK),
    Verdict.WRONG_PRODUCT: _Wording("no", pgettext_lazy("door", "Not here"), _DESK),
    Verdict.WRONG_EDITION: _Wording(
        "no",
        pgettext_lazy("door", "Other festival"),
        gettext_lazy("This ticket is not for this year’s festival."),
        False,
    ),
    Verdict.CANCELLED: _Wording("no", pgettext_lazy("door", "Cancelled"), _DESK),
    Verdict.UNPAID: _Wording(
        "question",
        pgettext_lazy("door", "Not paid"),
        gettext_lazy("The payment has not arrived. Send the person to the welcome desk."),
    ),
    Verdict.REPLACED: _Wording(
        "question",
        pgettext_lazy("door", "Replaced"),
        gettext_lazy("A newer ticket was sent by e-mail. Ask for that one."),
        False,
    ),
    Verdict.FORGED: _Wording(
        "no",
        pgettext_lazy("door", "Forged"),
        gettext_lazy("We did not make this code. Do not let in; call the person in charge."),
        False,
    ),
    Verdict.UNKNOWN: _Wording(
        "question",
        pgettext_lazy("door", "Unknown"),
        gettext_lazy(
            "This is not one of our codes. Type the code under the square, or send the person to the welcome desk."
        ),
        False,
    ),
}
_UNKNOWN_TYPED = gettext_lazy(
    "No ticket has this code. Look for a typing mistake, or send the person to the welcome desk."
)


def compose(outcome: Outcome) -> Answer:
    """Return the screen for an outcome, in the active language. Names nobody on codes that prove nothing."""
    verdict = Verdict(outcome.scan.verdict)
    wording = _WORDINGS[verdict]
    known = outcome.ticket if wording.names_holder else None
    advice = str(wording.advice)
    if verdict is Verdict.ADMITTED:
        advice = _proof(known)
    elif verdict is Verdict.UNKNOWN and outcome.scan.source == Checkin.Source.TYPED:
        advice = str(_UNKNOWN_TYPED)
    return Answer(
        verdict=verdict.value,
        tone=wording.tone,
        word=str(wording.word),
        who=known.ticket.holder if known else "",
        what=str(known.product.name) if known else "",
        detail=_detail(verdict, outcome),
        advice=advice,
        holds=verdict not in {Verdict.ADMITTED, Verdict.LEFT} or bool(advice),
    )


def count_label(number: int) -> str:
    """Return the word under the number of people admitted."""
    return npgettext("door", "entry", "entries", number)


def _proof(known: TicketAtDoor | None) -> str:
    """Return the proof to ask for; nobody is asked for one at the normal price."""
    price = known.ticket.line.price if known else None
    if known is None or price is None or price.is_default:
        return ""
    return str(known.product.proof or "")


def _detail(verdict: Verdict, outcome: Outcome) -> str:
    if verdict is Verdict.ALREADY_IN and outcome.earlier is not None:
        return _when_and_where(outcome.earlier, outcome.scan)
    if verdict is Verdict.WRONG_DAY and outcome.ticket is not None:
        return _valid_days(outcome.ticket.first_day, outcome.ticket.last_day)
    return ""


def _when_and_where(earlier: Checkin, scan: Checkin) -> str:
    """Return such as `10 h 42, Entrée nord (il y a 3 min)`."""
    place = _("on this phone") if earlier.device_id == scan.device_id else str(earlier.gate or earlier.device_name)
    words = {"time": clock_time(earlier.at), "place": place, "ago": _ago(scan.at - earlier.at)}
    return _("At %(time)s, %(place)s (%(ago)s)") % words


def _ago(passed: timedelta) -> str:
    minutes = max(0, int(passed.total_seconds()) // 60)
    if minutes < 1:
        return _("less than a minute ago")
    if minutes < 60:
        return _("%(minutes)s min ago") % {"minutes": minutes}
    return _("%(hours)s h ago") % {"hours": minutes // 60}


def _valid_days(first: date | None, last: date | None) -> str:
    """Return such as `Valid on Sunday 2 May`."""
    if first is None or last is None:
        return ""
    if first == last:
        return _("Valid on %(day)s") % {"day": _plain(first)}
    return _("Valid from %(first)s to %(last)s") % {"first": _plain(first), "last": _plain(last)}


def _plain(day: date) -> str:
    return str(short_date(day)).replace("<sup>er</sup>", "er")
