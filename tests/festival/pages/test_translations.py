"""Pages and their translations: the tree stays whole, and what its source has left behind is told."""

import io

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from festival.core import invariants
from festival.pages import translations
from tests.factories.festival import HomePageFactory, StandardPageFactory, UserFactory
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def home(settings, django_capture_on_commit_callbacks):
    """A tree of three levels, translated with "include subtree" as an editor does it."""
    settings.SECOND_FACTOR_REQUIRED = False
    return translated(django_capture_on_commit_callbacks)


@remembered
def translated(capture_on_commit_callbacks):
    editor = Client()
    editor.force_login(UserFactory(is_staff=True, is_superuser=True))
    home = HomePageFactory()
    for name in ("un", "deux"):
        page = StandardPageFactory(parent=home, title=name, slug=name)
        below = StandardPageFactory(parent=page, title=f"{name}-a", slug="a")
        StandardPageFactory(parent=below, title=f"{name}-x", slug="x")
    english = Locale.objects.get(language_code="en")
    address = reverse("wagtail_localize:submit_page_translation", args=[home.pk])
    with capture_on_commit_callbacks(execute=True):
        assert editor.post(address, {"locales": [english.pk], "include_subtree": "on"}).status_code == 302
    return home


def page(language, title):
    return Page.objects.get(locale__language_code=language, title=title).specific


def told():
    return [(one.page.url_path, one.is_old, one.is_elsewhere) for one in translations.left_behind()]


def test_a_subtree_is_translated_whole(home):
    """wagtail-localize publishes revisions that were made before there was a page below."""
    assert Page.find_problems()[4] == []
    assert [Client().get(f"/en/{path}").status_code for path in ("", "un/", "un/a/", "un/a/x/", "deux/a/x/")] == [
        200
    ] * 5


def test_a_tree_that_does_not_count_is_told(home):
    Page.objects.filter(pk=page("en", "un").pk).update(numchild=0)

    (line,) = invariants.violations()

    assert line.endswith("/un/ does not count the pages below it; `manage.py fixtree` mends it.")
    call_command("fixtree", interactive=False, stdout=io.StringIO())
    assert invariants.violations() == []


@pytest.mark.unsound
def test_a_page_that_hangs_below_none_is_told(home):
    Page.objects.filter(pk=page("en", "un-a").pk).update(path="00010009000100010001")

    assert any("hangs below no page" in line for line in invariants.violations())


def test_translations_that_follow_are_not_told(home):
    assert told() == []


def test_a_source_that_is_published_again_leaves_its_translation_behind(home, editor):
    source = page("fr", "un")
    source.title = "un et demi"
    source.save_revision().publish()

    assert told() == [(page("en", "un").url_path, True, False)]
    first_screen = editor.get("/cms/").content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[page("en", "un").pk]) in first_screen
    assert reverse("wagtailadmin_pages:edit", args=[source.pk]) in first_screen
    out = io.StringIO()
    call_command("fsck", stdout=out)
    assert "/un/ (en) is older than its source, /fr/un/." in out.getvalue()


def test_a_source_that_is_sent_again_has_its_translation_with_it(home, editor):
    source = page("fr", "un")
    source.save_revision().publish()
    row = translations.Translation.objects.get(source__object_id=source.translation_key)

    editor.post(reverse("wagtail_localize:update_translations", args=[row.source_id]))

    assert told() == []


def test_a_source_that_is_moved_leaves_its_translation_behind(home):
    page("fr", "un-x").move(page("fr", "deux"), pos="first-child")

    assert [one[1:] for one in told()] == [(False, True)]
    assert "hangs elsewhere than its source" in next(translations.remarks())


def test_a_translation_whose_source_is_gone_is_nobodys_business(home):
    page("fr", "un-x").delete()

    assert told() == []
