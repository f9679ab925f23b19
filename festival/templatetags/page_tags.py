"""Tags of the page templates: days and parts of the week, news, the way to the editor."""

from datetime import date
from typing import Any

from django import template
from django.db.models import QuerySet
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from festival.models import Day, Edition, HomePage, NewsPage, OpeningHours, Section
from festival.pages import queries
from festival.pages.head import full
from festival.pages.navigation import Link, site_facts
from festival.time import clock

register = template.Library()


@register.simple_tag
def edition_days(section_slug: str = "") -> QuerySet[Day]:
    """Return the days of the current edition, or those of one part of the week."""
    return queries.days(site_facts().edition, section_slug)


@register.simple_tag
def edition_sections() -> list[tuple[Section, str]]:
    """Return the parts of the week with the addresses of their pages; an address is empty where no page is out."""
    paths = queries.section_paths()
    return [(section, paths.get(section.slug, "")) for section in site_facts().sections]


@register.simple_tag
def latest_news(count: int) -> QuerySet[NewsPage]:
    """Return the `count` newest pieces of news."""
    return queries.latest_news(count, clock.now())


@register.simple_tag
def festival_day() -> date:
    """Return today as the festival counts it: a party at 1 a.m. belongs to the day before."""
    edition = site_facts().edition
    return clock.festival_day_of(clock.now(), edition.day_starts_at) if edition else clock.today()


@register.simple_tag
def news_path() -> str:
    """Return the address of the list of news, or an empty string where none is out."""
    return queries.news_path()


@register.simple_tag
def crumbs(page: Page) -> list[Link]:
    """Return the pages above `page`, the home page first; nothing for a home page."""
    found: list[Link] | None = getattr(page, "links_above", None)  # the head of the page asks as well
    if found is None:
        above = page.get_ancestors().filter(depth__gte=2).live().specific() if page.pk else []
        found = [Link(_("Home") if isinstance(up, HomePage) else up.title, up.path_on_site) for up in above]
        page.links_above = found
    return found


@register.simple_tag
def social_locale(language: str, edition: Edition | None) -> str:
    """Return what social networks call a language: `pt_BR` of pt-br, `fr_FR` of fr in a festival in France.

    English is British, as its dates and prices are.
    """
    general, _dash, region = language.partition("-")
    region = region or ("GB" if general == "en" else edition.country if edition else general)
    return f"{general}_{region.upper()}"


@register.filter
def parts_of(day: Day, section_slug: str) -> list[Section]:
    """Return the parts that are open on `day`; on the page of one of them, that one alone."""
    return [section for section in day.sections if not section_slug or section.slug == section_slug]


@register.filter
def short_labels(sections: list[Section]) -> list[str]:
    """Return what the string of days says of these parts of the week."""
    return [section.short_label for section in sections]


@register.filter
def words_of(links: Any, section_slug: str) -> str:
    """Return the text of the first link that is for this part of the week."""
    return next((str(link["text"]) for link in links if link["section"] == section_slug), "")


@register.simple_tag
def hours_on(day: Day, section_slug: str = "") -> list[OpeningHours]:
    """Return the opening hours of `day`, all or those of one part of the week."""
    return [hours for hours in day.hours.all() if not section_slug or hours.section.slug == section_slug]


@register.simple_tag(takes_context=True)
def edit_url(context: Context, page: Page) -> str:
    """Return the address of the page's editor for whoever may edit it, or an empty string."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if not page.pk or user is None or not user.is_authenticated or not page.permissions_for_user(user).can_edit():
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@register.filter
def absolute(path: str) -> str:
    """Return the full address of a path of this site."""
    return full(path)


@register.simple_tag
def block_kinds(body: Any) -> set[str]:
    """Return the names of the blocks that a page body uses."""
    return {block.block_type for block in body}
