"""Tags of the head of every page: titles, addresses, cards for social networks, linked data."""

import json
from collections.abc import Sequence
from html import unescape
from typing import Any

from django import template
from django.conf import settings
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from festival.documents.images import social_card
from festival.models import Edition, HomePage, NewsPage, Section, SectionPage
from festival.pages import linked_data, offers
from festival.pages.head import Head, full, head_of
from festival.pages.linked_data import Data
from festival.pages.navigation import site_facts
from festival.templatetags.page_tags import crumbs
from festival.text import typography
from festival.text.languages import main_language

register = template.Library()
DEFAULT_COLOUR, DEFAULT_SHAPE = "#fbd226", "half-disc"


class CaptureNode(template.Node):
    """Keeps what is drawn inside it as a text without markup, for attributes."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        """Put the text into the context and draw nothing."""
        drawn = strip_tags(self.nodelist.render(context))
        context[self.name] = mark_safe(" ".join(drawn.replace('"', "&quot;").split(" ")).strip())  # noqa: S308 -- escaped when it was drawn
        return mark_safe("")


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """Keep a text under a name: `{% capture head_title %}{% block title %}{% endblock %}{% endcapture %}`."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(name, nodelist)


@register.simple_tag(takes_context=True)
def page_head(context: Context, robots: str = "") -> Head:
    """Return the addresses of this page; `robots` is what its template says to search engines."""
    return head_of(context.get("request"), _flat(context), robots)


@register.simple_tag(takes_context=True)
def card_address(context: Context, title: str) -> str:
    """Return the full address of the picture that goes with this page on social networks."""
    facts = site_facts()
    edition = facts.edition
    section = _section(context)
    card = social_card.Card(
        title=unescape(str(title)),
        festival=str(edition.name) if edition else settings.WAGTAIL_SITE_NAME,
        when_and_where=_when_and_where(edition) if edition else "",
        colour=section.colour if section else DEFAULT_COLOUR,
        shape=section.shape if section else DEFAULT_SHAPE,
    )
    return full(reverse("social-card", args=[social_card.sign(card)]))


@register.simple_tag(takes_context=True)
def page_data(context: Context, head: Head, title: str, description: str) -> SafeString:
    """Return the linked data of this page, written so that no text can end the element."""
    facts = site_facts()
    if not head.canonical or head.robots or facts.edition is None:
        return mark_safe("")
    nodes = linked_data.frame(facts.edition, home=facts.home, language=_language())
    words, url = (unescape(str(title)), unescape(str(description))), head.canonical
    kind = str(context.get("page_kind") or "WebPage")
    nodes.append(linked_data.page(url, words[0], kind=kind, description=words[1], language=_language()))
    nodes += linked_data.breadcrumbs(url, words[0], _way(context))
    nodes += [*_of_the_page(context, facts.edition, url), *(context.get("linked_data") or ())]
    return written({"@context": linked_data.SCHEMA, "@graph": nodes})


def written(data: Data) -> SafeString:
    """Write linked data so that no title can end the element: `<`, `>` and `&` are escaped as in `json_script`."""
    dumped = json.dumps(data, ensure_ascii=False)
    for letter in "<>&":
        dumped = dumped.replace(letter, f"\\u{ord(letter):04X}")
    return mark_safe(dumped)  # noqa: S308 -- escaped above


def _of_the_page(context: Context, edition: Edition, url: str) -> list[Data]:
    """Return what a page of the CMS tells of: the week, a part of it, a piece of news."""
    page = context.get("page")
    if isinstance(page, HomePage):
        return [linked_data.festival(edition, url=url, offers=offers.described(_admissions()))]
    if isinstance(page, SectionPage) and (section := site_facts().section(page.section_slug)):
        own = [offer for offer in _admissions() if offer.section == section.slug]
        return [linked_data.part(section, edition, url=url, offers=offers.described(own))]
    if isinstance(page, NewsPage):
        changed = page.last_published_at
        facts = {"title": page.title, "author": page.author, "text": page.description}
        return [linked_data.article(url, published=page.published_at, changed=changed, **facts)]
    return []


def _admissions() -> list[offers.PublicOffer]:
    return [offer for offer in offers.public_offers() if offer.is_admission]


def _way(context: Context) -> Sequence[tuple[str, str]]:
    """Return the names and paths of the pages above: those of the view, or those of the tree of pages."""
    if (way := context.get("breadcrumbs")) is not None:
        return [(str(name), path) for name, path in way]
    page = context.get("page")
    return [(link.title, link.url) for link in crumbs(page)] if isinstance(page, Page) else []


def _section(context: Context) -> Section | None:
    """Return the part of the week that the page is about: `card_section` of the view, or that of a section page."""
    slug = context.get("card_section") or getattr(context.get("page"), "section_slug", "")
    return site_facts().section(str(slug)) if slug else None


def _when_and_where(edition: Edition) -> str:
    first, last = edition.start_date, edition.end_date
    same = first.month == last.month
    start = typography.day_numeral(first) if same else typography.day_and_month(first)
    dates = f"{strip_tags(start)}–{strip_tags(typography.day_and_month(last))} {last.year}"
    return f"{dates} · {edition.city}"


def _language() -> str:
    return get_language() or main_language()


def _flat(context: Context) -> dict[str, Any]:
    return {name: context.get(name) for name in ("alternates", "is_filtered", "posts")}
