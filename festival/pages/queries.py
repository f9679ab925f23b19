"""What the festival's own pages read: the days and parts of the edition, the news, the pages of the parts."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.core.cache import cache
from django.db.models import DateField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from wagtail.models import Locale

from festival.core.writing import site_generation
from festival.models import Day, Edition, NewsIndexPage, NewsPage, Section, SectionPage
from festival.pages.section_sheet import Paint, section_sheet
from festival.time import clock


@dataclass(frozen=True, slots=True)
class WeekSheet:
    """The style sheet of the parts of the week and the hash of it that is its name."""

    name: str
    css: str


def days(edition: Edition | None, section_slug: str = "") -> QuerySet[Day]:
    """Return the days of `edition` with their hours; only those on which one part is open when it is named."""
    found = Day.objects.filter(edition=edition).prefetch_related("hours__section")
    return found.filter(hours__section__slug=section_slug) if section_slug else found


def sections(edition: Edition | None) -> QuerySet[Section]:
    """Return the parts of the week in the organiser's order."""
    return Section.objects.filter(edition=edition)


def week_sheet() -> WeekSheet:
    """Return the style sheet of the parts; no query while nothing was published.

    What a past edition alone has keeps its colours too, for its orders and its archive; the current one wins. One that
    is prepared for later is left out: what it will be called is nobody's business yet.
    """
    key = f"week-sheet:{site_generation()}"
    sheet: WeekSheet | None = cache.get(key)
    if sheet is None:
        current = Edition.objects.filter(is_current=True).values("start_date")[:1]
        latest = Coalesce(Subquery(current), Value(clock.today()), output_field=DateField())
        shown = Section.objects.filter(edition__start_date__lte=latest)
        rows = shown.order_by("edition__is_current", "edition__start_date", "sort_order", "pk")
        css = section_sheet(Paint(*row) for row in rows.values_list("slug", "colour", "dark_colour"))
        sheet = WeekSheet(sha256(css.encode()).hexdigest()[:16], css)
        cache.set(key, sheet, 300)
    return sheet


def section_paths() -> dict[str, str]:
    """Return the address of each published section page in the current language, by section slug."""
    pages = SectionPage.objects.live().public().filter(locale=_locale())
    return {page.section_slug: page.path_on_site for page in pages}


def latest_news(count: int, now: datetime) -> QuerySet[NewsPage]:
    """Return the `count` newest pieces of news in the current language that are out at `now`."""
    return NewsPage.objects.live().public().filter(locale=_locale()).out(now)[:count]


def news_path() -> str:
    """Return the address of the list of news in the current language, or an empty string."""
    page = NewsIndexPage.objects.live().public().filter(locale=_locale()).first()
    return page.path_on_site if page else ""


def _locale() -> Locale | None:
    return Locale.objects.filter(language_code=get_language()).first()
