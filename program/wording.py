"""Codes of the programme in words, in the active language."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext

from festival.text.typography import clock_time, language_name, listed, short_date, time_range, together
from program.published.filters import is_captions, is_interpreting
from program.published.snapshot import Occurrence, Session

SIGN_LANGUAGES: dict[str, Promise] = {"lsf": gettext_lazy("French Sign Language (LSF)")}
SHORT_MARKS: dict[str, Promise] = {
    "captions": gettext_lazy("captions"),
    "interpreted": gettext_lazy("interpreted"),
}
ALLERGENS: dict[str, Promise] = {
    "gluten": gettext_lazy("gluten"),
    "gluten_traces": gettext_lazy("traces of gluten"),
    "milk": gettext_lazy("milk"),
    "celery": gettext_lazy("celery"),
}
ROLES: dict[str, Promise] = {
    "moderator": gettext_lazy("moderator"),
    "host": gettext_lazy("host"),
}
REGISTRATION: dict[str, Promise] = {
    "free": gettext_lazy("Free, on registration"),
    "ticketed": gettext_lazy("On registration, with a festival ticket"),
    "slots": gettext_lazy("By appointment"),
    "invitation": gettext_lazy("By invitation"),
}


def when(occurrence: Occurrence) -> SafeString:
    """Return the full sentence of day and time: a night names both days, an exhibition its daily hours.

    Ends are exclusive: an exhibition that closes for good before it would open is not open that day.
    """
    start, end = occurrence.starts_at, occurrence.ends_at
    if occurrence.is_all_day and occurrence.daily_from and occurrence.daily_to:
        first, last = occurrence.open_days
        if first == last:
            return format_html("{}, {}", _day(first), together(time_range(occurrence.daily_from, occurrence.daily_to)))
        sentence = _("from {first} to {last}, every day from {opens} to {closes}")
        hours = {"opens": _clock(occurrence.daily_from), "closes": _clock(occurrence.daily_to)}
        return format_html(sentence, first=_day(first), last=_day(last), **hours)
    if start.date() != (end - timedelta(microseconds=1)).date():  # at midnight itself it is still the same day
        sentence = _("from {first} at {opens} to {last} at {closes}")
        hours = {"opens": _clock(start), "closes": _clock(end)}
        return format_html(sentence, first=_day(start), last=_day(end), **hours)
    return format_html("{}, {}", _day(start), together(time_range(start, end)))


def hours(occurrence: Occurrence) -> SafeString:
    """Return the hours alone, for a card under the name of the day."""
    if occurrence.daily_from and occurrence.daily_to:
        return together(time_range(occurrence.daily_from, occurrence.daily_to))
    return together(time_range(occurrence.starts_at, occurrence.ends_at))


def _clock(moment: datetime | time) -> SafeString:
    return together(clock_time(moment))


def _day(moment: date) -> SafeString:
    return together(short_date(moment))


def spoken(session: Session, language: str) -> str:
    """Return the mark of the spoken languages; nothing when it is only the page's own."""
    if len(session.languages) > 1:
        return " + ".join(code.upper() for code in session.languages)
    code = session.languages[0] if session.languages else language
    return "" if code == language else in_language(code)


def in_language(code: str) -> str:
    """Return `in French`."""
    return _("in %(language)s") % {"language": language_name(code)}


def language_names(session: Session) -> str:
    """Return the spoken languages as a list in words."""
    return listed([language_name(code) for code in session.languages])


def short_mark(mark: str) -> str:
    """Return a value of the filter `access` in a word; a sign language is called as its people call it, such as LSF."""
    return str(SHORT_MARKS[mark]) if mark in SHORT_MARKS else mark.upper()


def in_order(access: Iterable[str]) -> list[str]:
    """Return values of the filter `access`, the sign languages first."""
    return sorted(access, key=lambda mark: (mark in SHORT_MARKS, mark))


def interpretation(code: str) -> str:
    """Return what a mark such as `lsf`, `captions-fr` or `fr-en` means."""
    if code == "audio-description":
        return _("Audio description")
    if is_captions(code):
        return captions(code.partition("-")[2])
    if is_interpreting(code):
        source, _dash, target = code.partition("-")
        words = {"source": language_name(source), "target": language_name(target)}
        return _("Interpreted (%(source)s to %(target)s)") % words
    name = SIGN_LANGUAGES.get(code)
    return str(name) if name else _("Sign language (%(name)s)") % {"name": code.upper()}


def captions(language: str) -> str:
    """Return in which language there are captions; an empty code says only that there are."""
    return _("Captions in %(language)s") % {"language": language_name(language)} if language else _("Captions")


def audience(code: str) -> str:
    """Return for whom a session is; nothing when it is for everyone."""
    if code == "all":
        return ""
    if code.endswith("+") and code[:-1].isdigit():
        age = int(code[:-1])
        return ngettext("From %(age)s year of age", "From %(age)s years of age", age) % {"age": age}
    return {"schools": _("For school groups"), "jury": _("For the jury")}.get(code, code)


def allergens(codes: tuple[str, ...]) -> str:
    """Return the allergens in words."""
    return listed([str(ALLERGENS.get(code, code)) for code in codes])


def registration(session: Session) -> str:
    """Return how one gets a place, or nothing."""
    return str(REGISTRATION.get(session.registration, ""))


def role(code: str) -> str:
    """Return a role in a session; speaking is not worth a word."""
    return str(ROLES.get(code, ""))


def moved(occurrence: Occurrence, language: str) -> str | SafeString:
    """Return what has changed for someone who knew the old placing; nothing where nothing moved."""
    move = occurrence.move
    if move is None:
        return ""
    parts = []
    if move.starts_at and move.starts_at != occurrence.starts_at:
        parts.append(format_html(_("planned {day} at {time}"), day=_day(move.starts_at), time=_clock(move.starts_at)))
    if move.room and move.room != occurrence.room:
        parts.append(format_html(pgettext("old room", "in {room}"), room=move.room.name.read(language)))
    return format_html_join(", ", "{}", ((part,) for part in parts))
