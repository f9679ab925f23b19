"""What the festival's own pages read: the days and parts of the edition, the news, the pages of the parts."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import get_language
from wagtail.models import Locale

from festival.models import Day, Edition, NewsIndexPage, NewsPage, Section, SectionPage


def days(edition: Edition | None, section_slug: str = "") -> QuerySet[Day]:
    """Return the days of `edition` in order with their part of the week; only those of one part when it is named."""
    found = Day.objects.filter(edition=edition).select_related("section")
    return found.filter(section__slug=section_slug) if section_slug else found


def sections(edition: Edition | None) -> QuerySet[Section]:
    """Return the parts of the week: those that begin on the week's own days first, in order, then the contest."""
    return Section.objects.filter(edition=edition).order_by("end_date", "-start_date")


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
