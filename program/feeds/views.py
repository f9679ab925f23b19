"""The calendar feeds: the whole programme, filtered, one day, or one session."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_ical.views import ICalFeed

from festival.calendars.files import CalendarEvent
from festival.text.typography import plain_date
from festival.time import clock
from festival.time.days import festival_day
from program.feeds.events import Words, events_of, withdrawn_events
from program.feeds.ical import ScheduleCalendar
from program.published import day_plan, filters
from program.published.addresses import at_current_address, programme_path, release_at, to_archive
from program.published.filters import Filters
from program.published.queries import Published
from program.published.snapshot import Occurrence
from program.wording import interpretation, language_names

SECONDS = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: a release, filters, a language; `session` for a single one, `day` for one festival day."""

    release: Published
    filters: Filters
    language: str
    session: str = ""
    archive: int | None = None
    day: date | None = None

    def absolute(self, name: str, *args: str) -> str:
        """Return the full address of a page or feed of the same edition."""
        return f"{settings.BASE_URL}{programme_path(name, *args, edition=self.archive)}"

    @property
    def is_kept(self) -> bool:
        """Whether its bytes are kept: with one filter at the most, of a value that exists.

        Invented values and combinations are made when they are asked for, so that nobody fills the cache with them.
        """
        return len(self.filters) <= 1 and self.filters.is_known(self.release.programme)

    @property
    def key(self) -> str:
        """The name of the finished bytes in the cache."""
        about = (self.filters, self.language, self.session, self.archive, self.day)
        seen = f"{self.release.sha256}|{self.release.pk}|{about!r}"
        return "program-ics:" + sha256(seen.encode()).hexdigest()

    def occurrences(self) -> list[Occurrence]:
        """Return the occurrences of the feed, cancelled ones included so that calendars hear of it."""
        if self.session:
            return list(self.release.with_unlisted.occurrences_by_session.get(self.session, ()))
        if self.day:
            return day_plan.on_day(self.release.programme, self.day, self.filters)
        return [o for o in self.release.programme.occurrences if self.filters.matches(o)]

    def keeps(self, event: CalendarEvent) -> bool:
        """Return whether an event of its occurrences is asked for: of what is open every day, one day is one event."""
        if self.day is None or not isinstance(event.start, datetime):
            return True
        days = {festival_day(event.start, self.release.programme.day_starts_at), event.start.date()}
        return self.day in days


class ScheduleFeed(ICalFeed):
    """The programme as a calendar that people subscribe to."""

    feed_type = ScheduleCalendar

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Serve the bytes of the release, made once, with validators for a 304."""
        wanted = self.get_object(request, *args, **kwargs)
        body = cache.get(wanted.key) if wanted.is_kept else None
        if body is None:
            with translation.override(wanted.language):
                file = BytesIO()
                self.get_feed(wanted, request).write(file, "utf-8")
            body = file.getvalue()
            if wanted.is_kept:
                cache.set(wanted.key, body, 3600)
        return _answer(request, body, wanted)

    def get_object(self, request: HttpRequest, slug: str = "", edition: int | None = None) -> Wanted:
        """Return what the address asks for, or 404 before the first release and for what is no day of the edition."""
        release = release_at(edition, clock.now())
        if release is None or (slug and slug not in release.with_unlisted.session_by_slug):
            raise Http404
        asked = request.GET.get("lang", "")
        language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        if slug:
            return Wanted(release, Filters(), language, slug, edition)
        day = _day(release, request.GET.get("day", ""))
        return Wanted(release, filters.from_query(request.GET), language, "", edition, day)

    def title(self, obj: Wanted) -> str:
        """Name the calendar: after the festival, as among other calendars nobody knows this year's theme."""
        name = obj.release.programme.edition.name.read(obj.language)
        if obj.session:
            return obj.release.with_unlisted.session_by_slug[obj.session].title.read(obj.language)
        if obj.day:
            name = f"{name}, {plain_date(obj.day, obj.language)}"
        return _("%(festival)s (selection)") % {"festival": name} if obj.filters else name

    def description(self, obj: Wanted) -> str:
        """Say where the calendar comes from."""
        return _("Programme of %(festival)s, version %(version)s. Some calendars look for changes only once a day.") % {
            "festival": obj.release.programme.edition.name.read(obj.language),
            "version": obj.release.version,
        }

    def link(self, obj: Wanted) -> str:
        """Return the programme's page."""
        return obj.absolute("program-home")

    def feed_url(self, obj: Wanted) -> str:
        """Return the feed's own address, for SOURCE."""
        if obj.session:
            return f"{obj.absolute('program-session-calendar', obj.session)}?lang={obj.language}"
        query = filters.calendar_query(obj.filters, language=obj.language, day=obj.day)
        return obj.absolute("program-calendar") + query

    def timezone(self, obj: Wanted) -> str:
        """Return the festival's time zone."""
        return obj.release.programme.time_zone

    def items(self, obj: Wanted) -> list[CalendarEvent]:
        """Return every event, withdrawn ones only in the whole feed."""
        # TRANSLATORS: stands in front of the title in a calendar.
        words = Words(obj.language, cancelled=_("CANCELLED"), withdrawn=_("Session withdrawn from the programme"))
        found: list[CalendarEvent] = []
        for occurrence in obj.occurrences():
            url = obj.absolute("program-session", occurrence.session.slug)
            text = description_of(occurrence, obj.language, url)
            found += events_of(occurrence, url=url, description=text, words=words)
        if not obj.filters and not obj.session:
            found += withdrawn_events(obj.release.programme.withdrawn, words)
        return [event for event in found if obj.keeps(event)]

    def feed_extra_kwargs(self, obj: Wanted) -> dict[str, Any]:
        """Hand the zone and the date of the release to the writer."""
        return {"timezone": self.timezone(obj), "published_at": obj.release.published_at}

    def item_title(self, item: CalendarEvent) -> str:
        """Return the summary."""
        return item.summary

    def item_description(self, item: CalendarEvent) -> str:
        """Return the description."""
        return item.description

    def item_link(self, item: CalendarEvent) -> str:
        """Return the page of the session."""
        return item.url or settings.BASE_URL

    def item_guid(self, item: CalendarEvent) -> str:
        """Return the UID."""
        return item.uid

    def item_extra_kwargs(self, item: CalendarEvent) -> dict[str, Any]:
        """Hand the whole event to the writer; the package would drop half of it."""
        return {"event": item}


def description_of(occurrence: Occurrence, language: str, url: str) -> str:
    """Return everything that many clients show nowhere else: who, languages, marks, abstract, address of the page."""
    session = occurrence.session
    lines = [
        ", ".join(billing.speaker.name for billing in session.billings),
        language_names(session),
        ", ".join(interpretation(code) for code in session.interpretation),
        occurrence.room_note.read(language),
        session.note.read(language),
        session.abstract.read(language),
        url,
    ]
    return "\n\n".join(line for line in lines if line)


def _day(release: Published, text: str) -> date | None:
    """Return the day that is asked for, None for all of them. Raises Http404 for what is no day of the edition."""
    day = _date(text)
    if text and (day is None or not _has_day(release, day)):
        raise Http404
    return day


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _has_day(release: Published, day: date) -> bool:
    edition = release.programme.edition
    return edition.start_date <= day <= edition.end_date or release.programme.day(day) is not None


def _answer(request: HttpRequest, body: bytes, wanted: Wanted) -> HttpResponse:
    etag = f'"{sha256(body).hexdigest()}"'
    modified = int(wanted.release.published_at.timestamp())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    response["Access-Control-Allow-Origin"] = "*"
    if wanted.session:
        response["Content-Disposition"] = f'attachment; filename="{wanted.session}.ics"'
        response["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=etag, last_modified=modified, response=response) or response


_feed = ScheduleFeed()


@require_safe
@at_current_address
def calendar(request: HttpRequest, edition: int | None = None) -> HttpResponse:
    """Serve `/schedule.ics`, filtered by the query string; `lang` chooses the language of the texts.

    Who subscribed to a day keeps it: one that the current edition does not have, an archive may. Who subscribed to the
    whole keeps the last week until the next one is released.
    """
    now = clock.now()
    release, day = release_at(edition, now), _date(request.GET.get("day", ""))
    if edition is None and day is not None and (release is None or not _has_day(release, day)):
        return to_archive(request, "program-calendar", now=now, has=lambda past: _has_day(past, day))
    if edition is None and release is None:
        return to_archive(request, "program-calendar", now=now, has=lambda _past: True, for_good=False)
    return _feed(request, edition=edition)


@require_safe
@at_current_address
def session_calendar(request: HttpRequest, slug: str, edition: int | None = None) -> HttpResponse:
    """Serve one session as a file to import; what the current edition does not have, an archive may."""
    now = clock.now()
    release = release_at(edition, now)
    if edition is None and (release is None or slug not in release.with_unlisted.session_by_slug):

        def has(past: Published) -> bool:
            return slug in past.with_unlisted.session_by_slug

        return to_archive(request, "program-session-calendar", slug, now=now, has=has)
    return _feed(request, slug=slug, edition=edition)
