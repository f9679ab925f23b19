"""Menus and the edition's facts, the same on every page, read once a generation."""

from dataclasses import dataclass, field, replace

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import get_language
from wagtail.models import Locale, Page, Site

from festival.core.writing import site_generation
from festival.models import Edition, HomePage, Section
from festival.pages import queries
from festival.text.languages import main_language


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a menu; `url` is a path."""

    title: str
    url: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What every page shows around its content.

    `sheet` is the name of the style sheet of the parts of the week. `is_set_up` says whether the site has a home page
    of ours, in whatever language.
    """

    edition: Edition | None
    sections: tuple[Section, ...] = ()
    sheet: str = ""
    is_set_up: bool = False
    home: str = "/"
    menu: tuple[Link, ...] = field(default_factory=tuple)
    footer: tuple[Link, ...] = field(default_factory=tuple)

    def section(self, slug: str) -> Section | None:
        """Return the current edition's part of the week of this short name."""
        return next((section for section in self.sections if section.slug == slug), None)


def site_facts() -> SiteFacts:
    """Return the menus in the current language; asks the database only after something was published."""
    language = get_language() or main_language()
    key = f"site-facts:{site_generation()}:{language}"
    facts = cache.get(key)
    if facts is None:
        facts = _read_site_facts(language)
        cache.set(key, facts, 300)
    return facts


def _read_site_facts(language: str) -> SiteFacts:
    edition = Edition.objects.current()
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    is_set_up = site is not None and site.root_page.specific_class is HomePage
    facts = SiteFacts(edition, tuple(queries.sections(edition)), queries.week_sheet().name, is_set_up)
    locale = Locale.objects.filter(language_code=language).first()
    root = site and locale and site.root_page.get_translation_or_none(locale)
    if not root:
        return facts
    pages = root.get_children().live().public().in_menu().specific()
    links = tuple(Link(page.title, path_of(page), getattr(page, "section_slug", "")) for page in pages)
    at_foot = Q(standardpage__in_footer=True) | Q(newsindexpage__isnull=False)
    footer = Page.objects.descendant_of(root).live().public().filter(at_foot)
    foot = tuple(Link(page.title, path_of(page)) for page in footer)
    return replace(facts, home=path_of(root), menu=links, footer=foot)


def path_of(page: Page) -> str:
    """Return the path of a page on the default site."""
    parts = page.get_url_parts()
    return parts[2] if parts else "/"
