"""The news as an Atom feed, one per language."""

from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from festival.models import NewsPage
from festival.pages import queries
from festival.pages.navigation import site_facts
from festival.time import clock
from festival.typed import cleaning


class LegibleAtom(Atom1Feed):
    """Leaves out what XML 1.0 forbids, whatever the rows hold; Django's would fail at it."""

    def write(self, outfile: Any, encoding: str) -> None:
        """Write the feed."""
        self.feed = _legible(self.feed)
        self.items = [_legible(item) for item in self.items]
        super().write(outfile, encoding)


class NewsFeed(Feed):  # type: ignore[type-arg]  # not a generic class at run time
    """The newest news in the language of the address."""

    feed_type = LegibleAtom

    def title(self) -> str:
        """Name the feed after the festival."""
        edition = site_facts().edition
        return _("News: %(festival)s") % {"festival": edition.name if edition else "Kermesse"}

    def link(self) -> str:
        """Lead to the list of news."""
        return _full(queries.news_path() or "/")

    def items(self) -> list[NewsPage]:
        """Return what is out by now."""
        return list(queries.latest_news(20, clock.now()))

    def item_title(self, item: NewsPage) -> str:
        """Return the title of the news."""
        return str(item.title)

    def item_description(self, item: NewsPage) -> str:
        """Return the introduction of the news."""
        return item.description

    def item_link(self, item: NewsPage) -> str:
        """Lead to the news."""
        return _full(item.path_on_site)

    def item_pubdate(self, item: NewsPage) -> object:
        """Return the date of the news."""
        return item.published_at

    def item_updateddate(self, item: NewsPage) -> object:
        """Return when the news was last changed, at least its date."""
        return max(item.published_at, item.last_published_at or item.published_at)

    def item_author_name(self, item: NewsPage) -> str:
        """Return who wrote it."""
        return item.author


def _full(path: str) -> str:
    return settings.BASE_URL.rstrip("/") + path


def _legible(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: cleaning.legible(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
