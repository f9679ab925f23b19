"""What the door reads on the screen: one large word, who, and what to do next."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, npgettext, pgettext_lazy

from festival.text.typography import clock_time, plain_short_date
from tickets.delivery.references import reference_to
from tickets.door import queries
from tickets.door.checkin import Outcome
from tickets.door.finding import Found
from tickets.door.queries import Admission, TicketAtDoor
from tickets.door.verdicts import Signature, Verdict
from tickets.models import Checkin, CheckinList


@dataclass(frozen=True, slots=True)
class Switch:
    """Another list that fits better: its id, why, and what the button says."""

    list: int
    reason: str
    button: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One screen.

    `id` is the scan that it answers. `tone` chooses colour, shape and sound: yes, out, again, no or question. It
    `holds` until somebody goes on. `who`, `what`, `detail` and `advice` may be empty. `can_undo`: it let somebody in or
    out. `switch`: the list that fits, if the phone is on a wrong one.
    """

    id: str
    verdict: str
    tone: str
    word: str
    who: str
    what: str
    detail: str
    advice: str
    holds: bool
    can_undo: bool
    switch: Switch | None


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
    Verdict.LEFT: _Wording("out", pgettext_lazy("door", "Goodbye")),
    Verdict.NOT_IN: _Wording(
        "question",
        pgettext_lazy("door", "Was not in"),
        gettext_lazy("This ticket was not scanned on the way in, or has left already."),
    ),
    Verdict.UNDONE: _Wording("question", pgettext_lazy("door", "Taken back")),
    Verdict.WRONG_DAY: _Wording("no", pgettext_lazy("door", "Not today"), _DESK),
    Verdict.WRONG_LIST: _Wording(
        "question",
        pgettext_lazy("door", "Wrong list"),
        gettext_lazy("The ticket is right for today. It is this phone that is on the list of another day."),
    ),
    Verdict.WRONG_PRODUCT: _Wording("no", pgettext_lazy("door", "Not here"), _DESK),
    Verdict.WRONG_EDITION: _Wording(
        "no",
        pgettext_lazy("door", "Other year"),
        gettext_lazy("This ticket is one of ours, but not for this year’s festival."),
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
        gettext_lazy("Its key was withdrawn, so anybody may have made it. Do not let in; call the person in charge."),
        False,
    ),
    Verdict.UNKNOWN: _Wording(
        "question",
        pgettext_lazy("door", "Unknown"),
        gettext_lazy(
            "This is not a ticket of this festival. Ask for the ticket, or type the code that stands under its square."
        ),
        False,
    ),
}
_UNKNOWN_TYPED = gettext_lazy(
    "No ticket has this code. Look for a typing mistake, or send the person to the welcome desk."
)


_NOT_SIGNED = _Wording(
    "no",
    pgettext_lazy("door", "Not ours"),
    gettext_lazy(
        "We did not sign this ticket: it is of another festival, or forged. Do not let in; to the welcome desk."
    ),
    False,
)
_TWO_CODES = _Wording(
    "question",
    pgettext_lazy("door", "Two codes"),
    gettext_lazy("Two tickets were read as one. Scan them one after the other."),
    False,
)


def compose(outcome: Outcome) -> Answer:
    """Return the screen for an outcome, in the active language. Names nobody on codes that prove nothing."""
    verdict = Verdict(outcome.scan.verdict)
    wording = _wording(verdict, outcome)
    known = outcome.ticket if wording.names_holder else None
    advice = str(wording.advice)
    if verdict is Verdict.ADMITTED:
        advice = _proof(known)
    elif verdict is Verdict.UNKNOWN and _may_be_mistyped(outcome):
        advice = str(_UNKNOWN_TYPED)
    passes = verdict in {Verdict.ADMITTED, Verdict.LEFT}
    return Answer(
        id=str(outcome.scan.pk),
        verdict=verdict.value,
        tone=wording.tone,
        word=str(wording.word),
        who=_name(known) if known else "",
        what=str(known.product.name) if known else "",
        detail=_detail(verdict, outcome),
        advice=advice,
        holds=not passes or bool(advice),
        can_undo=passes,
        switch=_switch(verdict, outcome),
    )


def _may_be_mistyped(outcome: Outcome) -> bool:
    is_other = outcome.seen.is_foreign or outcome.seen.is_double
    return outcome.scan.source == Checkin.Source.TYPED and not is_other


def _wording(verdict: Verdict, outcome: Outcome) -> _Wording:
    if outcome.seen.is_double:
        return _TWO_CODES
    claim = outcome.seen.claim
    if verdict is Verdict.FORGED and claim is not None and claim.signature is Signature.BAD:
        return _NOT_SIGNED
    return _WORDINGS[verdict]


def _name(known: TicketAtDoor) -> str:
    return known.ticket.holder or known.ticket.order.name


def list_warning(checkin_list: CheckinList, *, today: date) -> str:
    """Return the sentence that says that a phone is on the list of another day; empty when it is not."""
    if checkin_list.is_practice or checkin_list.day is None or checkin_list.day.date == today:
        return ""
    words = {"day": spoken_day(checkin_list.day.date), "today": spoken_day(today)}
    return _("This list is for %(day)s. Today is %(today)s.") % words


def switch_to(pk: int, name: str, reason: str) -> Switch:
    """Return the offer of another list."""
    return Switch(pk, reason, _("Switch to “%(list)s”") % {"list": name})


def _switch(verdict: Verdict, outcome: Outcome) -> Switch | None:
    """Offer the list that lets this ticket's product in today, if it is the phone that is wrong."""
    known, current = outcome.ticket, outcome.scan.list
    if known is None or known.other_list is None or current.is_practice:
        return None
    if not known.is_list_today and verdict in {Verdict.WRONG_LIST, Verdict.WRONG_DAY, Verdict.WRONG_PRODUCT}:
        today = queries.today(current.edition, now=outcome.scan.at)
        is_said = verdict is Verdict.WRONG_LIST  # by the screen itself
        return switch_to(*known.other_list, "" if is_said else list_warning(current, today=today))
    if verdict is Verdict.WRONG_PRODUCT and known.is_valid_today:
        return switch_to(*known.other_list, _("You are on the list “%(list)s”.") % {"list": current.name})
    return None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ticket that a search found, with as little as tells whose it is. `code` admits on this phone only."""

    code: str
    name: str
    what: str
    when: str
    state: str
    tone: str


def describe(found: Found, *, device_id: UUID) -> Candidate:
    """Return what the phone shows of a ticket that was found."""
    ticket, wording = found.ticket, _WORDINGS[found.verdict]
    passes = found.verdict in {Verdict.ADMITTED, Verdict.LEFT}
    state = {Verdict.ADMITTED: _("valid now"), Verdict.LEFT: _("inside")}.get(found.verdict, str(wording.word))
    return Candidate(
        code=reference_to(ticket.ticket.pk, device_id=device_id),
        name=_name(ticket),
        # Friends who came by one order bear one name: the number tells their tickets apart.
        what=_("%(product)s, no. %(number)s") % {"product": ticket.product.name, "number": ticket.ticket.number},
        when=_valid_days(ticket.first_day, ticket.last_day),
        state=state,
        tone="yes" if passes else wording.tone,
    )


def count_label(number: int) -> str:
    """Return the word under the number of people admitted."""
    return npgettext("door", "entry", "entries", number)


def inside_label(number: int) -> str:
    """Return the words after the number of people inside, such as `287 inside now`."""
    return npgettext("door", "inside now", "inside now", number)


def time_of(moment: datetime) -> str:
    """Return the time of a scan, such as `10 h 42`."""
    return clock_time(moment)


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
    if verdict is Verdict.WRONG_LIST:
        return list_warning(outcome.scan.list, today=queries.today(outcome.scan.list.edition, now=outcome.scan.at))
    if verdict is Verdict.WRONG_EDITION and outcome.seen.claim is not None:
        return _("Edition %(number)s") % {"number": outcome.seen.claim.edition}
    return ""


def _when_and_where(earlier: Admission, scan: Checkin) -> str:
    """Return such as `10 h 42, Entrée nord (il y a 3 min)`."""
    place = _("on this phone") if earlier.device_id == scan.device_id else (earlier.gate or earlier.device_name)
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
        return _("Valid on %(day)s") % {"day": spoken_day(first)}
    return _("Valid from %(first)s to %(last)s") % {"first": spoken_day(first), "last": spoken_day(last)}


def spoken_day(day: date) -> str:
    """Return such as `Sunday 2 May`, without markup."""
    return plain_short_date(day)
