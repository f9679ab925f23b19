"""What happens when an editor publishes: the caches start a new generation, and the first home page is the home."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from festival.core.writing import writing, writing_statement
from festival.models import HomePage
from festival.text.languages import main_language


def page_changed(**_: object) -> None:
    """Answer Wagtail's page signals."""
    with writing(public=True):
        pass


def children_counted(*, instance: Page, **_: object) -> None:
    """Answer Wagtail's signal `page_published`: a page below which others hang says how many.

    wagtail-localize publishes a translated subtree from revisions that were made before the pages below existed. What
    they say of the tree overwrites it, and pages below such a page answer 404.
    """
    count = Page.objects.filter(path__startswith=instance.path, depth=instance.depth + 1).count()
    if instance.numchild != count:
        instance.numchild = count
        with writing_statement():
            Page.objects.filter(pk=instance.pk).update(numchild=count)


def home_published(*, instance: Any, **_: object) -> None:
    """Answer Wagtail's signal `page_published`: the first home page in the main language becomes the site's root."""
    if not isinstance(instance, HomePage) or instance.locale.language_code != main_language():
        return
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or not isinstance(site.root_page.specific, HomePage):
        make_root(instance)


def make_root(home: HomePage) -> None:
    """Make `home` the root of the one site, at the address of the installation; remove Wagtail's welcome page."""
    address = urlsplit(settings.BASE_URL)
    wanted = {
        "hostname": address.hostname or "localhost",
        "port": address.port or (443 if address.scheme == "https" else 80),
        "root_page_id": home.pk,
    }
    with writing(public=True):
        site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
        if any(getattr(site, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(site, name, value)
            site.save()
        welcome = {"content_type__app_label": "wagtailcore", "content_type__model": "page"}
        for page in Page.objects.filter(depth=2, numchild=0, **welcome):
            page.delete()
