"""Filters and tags that show the programme, also inside the pages of the CMS."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from festival.pages import offers
from festival.templatetags.text_tags import in_its_language
from festival.text.languages import main_language
from festival.text.preference import language_to_mark
from festival.time import clock
from program import wording
from program.models import Partner as PartnerRow, Session as SessionRow
from program.pages import preview
from program.published import day_plan, queries
from program.published.addresses import edition_in_address, programme_path
from program.published.day_plan import DayPlan, Tense
from program.published.filters import Filters, calendar_query, marks
from program.published.snapshot import Occurrence, Session
from program.published.texts import Text

register = template.Library()


class PartnerName(NamedTuple):
    """A partner as the pages of the CMS list it."""

    name: str
    website: str
    get_level_display: str


class CalendarFeed(NamedTuple):
    """Where a calendar is: its path, its full address, and the same for programs that subscribe by themselves."""

    path: str
    address: str
    webcal: str
    day: date | None
    is_filtered: bool


class VenueName(NamedTuple):
    """A venue as the pages of the CMS show it."""

    name: str
    address: str
    access: str
    accessibility: str


register.filter("when", wording.when)
register.filter("hours", wording.hours)
register.filter("language_names", wording.language_names)
register.filter("captions", wording.captions)
register.filter("interpretation", wording.interpretation)
register.filter("audience", wording.audience)
register.filter("allergens", wording.allergens)
register.filter("registration", wording.registration)
register.filter("speaker_role", wording.role)


@register.simple_tag(takes_context=True)
def programme_url(context: Context, name: str, *args: object) -> str:
    """Return the address of a page, feed or export; from within an archive, the one in that archive."""
    return programme_path(name, *args, edition=edition_in_address(_request(context)))


@register.inclusion_tag("program/pages/parts/subscribe.html", takes_context=True)
def calendar_subscription(context: Context, filters: Filters, day: date | None = None) -> dict[str, CalendarFeed]:
    """Offer the calendar of what passes the filters, of one day or of all, in the page's language."""
    path = programme_path("program-calendar", edition=edition_in_address(_request(context)))
    path += calendar_query(filters, language=_language(), day=day)
    address = settings.BASE_URL + path
    webcal = f"webcal:{address.partition(':')[2]}"
    return {"feed": CalendarFeed(path, address, webcal, day, bool(filters))}


@register.simple_tag(takes_context=True)
def archive_edition(context: Context) -> int | None:
    """Return the number of the past edition whose archive this page is in, or None."""
    return edition_in_address(_request(context))


@register.simple_tag(takes_context=True)
def archive_title(context: Context) -> str:
    """Return what the past edition was called, with its year, on a page of its archive; else an empty text."""
    number = archive_edition(context)
    release = queries.archived_release(number, clock.now()) if number is not None else None
    if release is None:
        return ""
    edition = release.programme.edition
    return f"{edition.name.read(_language())} {edition.start_date.year}"


def _request(context: Context) -> HttpRequest | None:
    """Return the request, also within a tag that draws a template of its own: that keeps it as an attribute."""
    request: HttpRequest | None = getattr(context, "request", None)
    return request


@register.filter
def text(value: Text) -> str:
    """Read a text in the page's language, or in the other one where it has not been translated."""
    return value.read(_language())


@register.filter
def marked(value: Text) -> SafeString:
    """Read a text, with `lang` and `dir` around it where it is not in the page's language."""
    language = _language()
    return in_its_language(value.read(language), language_to_mark(value.language(language), language))


@register.filter
def spoken(session: Session) -> str:
    """Return the mark of the spoken languages."""
    return wording.spoken(session, _language())


@register.filter
def access_marks(session: Session) -> list[str]:
    """Return in a word each how a session is signed, captioned or interpreted."""
    return [wording.short_mark(mark) for mark in wording.in_order(marks(session.interpretation))]


@register.filter
def moved_from(occurrence: Occurrence) -> str | SafeString:
    """Return where and when the occurrence was planned before."""
    return wording.moved(occurrence, _language())


@register.filter
def festival_date(moment: datetime, occurrence_day_starts: Any) -> date:
    """Return the festival day that a moment belongs to."""
    return clock.festival_day_of(moment, occurrence_day_starts)


@register.filter
def places(occurrence: Occurrence) -> str:
    """Return "full", "last" or "", as the shop counts it at this moment; as the release says where no shop knows it."""
    offer = offers.places_on_offer().get(occurrence.uuid)
    if offer is None or occurrence.is_cancelled or occurrence.session.registration in {"none", "invitation"}:
        return occurrence.places
    return offer.word


@register.filter
def booked_here(occurrence: Occurrence) -> offers.PlaceOffer | None:
    """Return from when until when places are booked on this site, None where nobody does or it is cancelled."""
    offer = offers.places_on_offer().get(occurrence.uuid)
    return None if offer is None or offer.opens is None or occurrence.is_cancelled else offer


@register.inclusion_tag("program/pages/parts/card.html")
def session_card(
    occurrence: Occurrence, heading: str = "h3", *, with_day: bool = False, tense: str = ""
) -> dict[str, Any]:
    """Draw the card of an occurrence; `tense` says on the page of a running day whether it is over, on or next."""
    return {
        "o": occurrence,
        "session": occurrence.session,
        "heading": heading,
        "with_day": with_day,
        "tense": tense,
    }


@register.filter
def tense_of(plan: DayPlan, occurrence: Occurrence) -> str:
    """Return `over`, `now`, `next` or `later`; nothing on the page of a day that is over or that was not looked at."""
    return "" if plan.is_over else plan.tenses.get(occurrence.uuid, "")


@register.simple_tag
def tense_class(plan: DayPlan, occurrence: Occurrence) -> str:
    """Return ` is-now` and the like as a class of the occurrence's card, with a space before it."""
    tense = tense_of(plan, occurrence)
    return f" is-{tense}" if tense in {Tense.OVER, Tense.NOW} else ""


@register.inclusion_tag("program/pages/parts/highlights.html")
def session_highlights(sessions: Any = (), limit: int = 6, *, heading: str = "") -> dict[str, Any]:
    """Show the chosen sessions; without a choice, what is on now or within a day. Draw nothing where there is none."""
    now = clock.now()
    release = queries.current_release(now)
    programme = release.programme if release else None
    slugs = [session.slug for session in sessions or () if session is not None]
    occurrences = day_plan.highlights(programme, slugs, now, limit) if programme else []
    return {"heading": heading, "occurrences": occurrences, "sheet": release.grid_hash if release else ""}


@register.inclusion_tag("program/pages/parts/extract.html")
def timetable_extract(day: date | None = None, section: str = "", *, heading: str = "") -> dict[str, Any]:
    """Show a day of the timetable as a list; without a day, today or the first. Nothing before there is one."""
    now = clock.now()
    release = queries.current_release(now)
    if release is None or not release.programme.days:
        return {"plan": None}
    programme = release.programme
    today = clock.festival_day_of(now, programme.day_starts_at)
    found = programme.day(day or today) or programme.days[0]
    plan = day_plan.day_plan(programme, found, Filters(section=section or ""), now=now)
    if not plan.count and day is None:  # the part that is asked for has a day of its own to show
        plans = (
            day_plan.day_plan(programme, other, Filters(section=section or ""), now=now) for other in programme.days
        )
        plan = next((other for other in plans if other.count), plan)
    return {"heading": heading, "plan": plan, "sheet": release.grid_hash}


@register.inclusion_tag("program/pages/parts/people.html")
def people(speakers: Any = (), limit: int = 12, *, heading: str = "") -> dict[str, Any]:
    """Show the chosen speakers, or the first of the index; only those that the release carries."""
    programme = queries.current_programme(clock.now())
    if programme is None:
        return {"speakers": []}
    chosen = [programme.speaker_by_slug.get(row.slug) for row in speakers or () if row is not None]
    found = [speaker for speaker in chosen if speaker] or list(programme.speakers[:limit])
    return {"heading": heading, "speakers": found}


@register.inclusion_tag("program/pages/parts/exhibitors.html")
def exhibitors(day: date | None = None, *, heading: str = "") -> dict[str, Any]:
    """Show the stands, of one day or of all."""
    programme = queries.current_programme(clock.now())
    found = programme.exhibitors if programme else ()
    shown = [exhibitor for exhibitor in found if day is None or day in exhibitor.days]
    return {"heading": heading, "exhibitors": shown}


@register.inclusion_tag("program/pages/parts/bookshelf.html")
def bookshelf(*, heading: str = "") -> dict[str, Any]:
    """Show the books of the bookshop."""
    programme = queries.current_programme(clock.now())
    return {"heading": heading, "books": programme.books if programme else ()}


@register.simple_tag
def partners() -> list[PartnerName]:
    """Return the partners, level by level; regroup them by `get_level_display`."""
    programme = queries.current_programme(clock.now())
    levels = [level.value for level in PartnerRow.Level]
    found = sorted(programme.partners if programme else (), key=lambda partner: levels.index(partner.level))
    return [PartnerName(p.name, p.website, str(PartnerRow.Level(p.level).label)) for p in found]


@register.simple_tag
def venues(section_slug: str = "") -> list[VenueName]:
    """Return the venues, all or those of one part of the week, in the page's language."""
    programme = queries.current_programme(clock.now())
    found = [v for v in (programme.venues if programme else ()) if not section_slug or section_slug in v.sections]
    language = _language()
    return [
        VenueName(v.name.read(language), v.address, v.access.read(language), v.accessibility.read(language))
        for v in found
    ]


def _language() -> str:
    return get_language() or main_language()


@register.simple_tag(takes_context=True)
def session_preview(context: Context, session: SessionRow) -> SafeString:
    """Return the public page of a session of the working tables, for its editors."""
    page = preview.session_preview(session, clock.now())
    return render_to_string("program/pages/session.html", page, request=context.get("request"))
