"""Every list of the CMS, of every app, over the demo week: what it shows can be opened by its first column."""

import pytest
from django.urls import NoReverseMatch, reverse
from lxml import html
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, TitleColumn
from wagtail.admin.ui.tables.pages import PageTitleColumn
from wagtail.admin.viewsets import viewsets
from wagtail.snippets.models import get_snippet_models

from tests.factories.festival import UserFactory

pytestmark = pytest.mark.week


def lists():
    """Return {name: address} of the index of every viewset of ours, of snippets and of plain models."""
    reverse("wagtailadmin_home")  # the screens are registered when the addresses are first looked up
    found = {}
    for viewset in [*viewsets.viewsets, *(model.snippet_viewset for model in get_snippet_models())]:
        if not viewset.__class__.__module__.startswith(("festival.", "program.", "tickets.", "awards.")):
            continue
        if not hasattr(viewset, "model"):  # a screen of its own
            continue
        for name in ("index", "list"):
            try:
                found[viewset.__class__.__name__] = reverse(viewset.get_url_name(name))
            except NoReverseMatch:
                continue
    return found


def is_tick_box(column):
    return isinstance(column, BulkActionsCheckboxColumn)


def test_every_list_opens_its_rows(demo, client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    closed, rows = [], {}
    for name, address in lists().items():
        response = client.get(address)
        page = html.fromstring(response.content)
        # Lists that are empty in this week too: scans, phones.
        columns = [column for column in response.context["table"].columns.values() if not is_tick_box(column)]
        closed += [] if isinstance(columns[0], (TitleColumn, PageTitleColumn)) else [name]
        cells = [row.xpath("./td[not(contains(@class, 'bulk'))][1]") for row in page.xpath("//main//table//tbody/tr")]
        rows[name] = len(cells)
        closed += [name for cell in cells[:1] if not cell[0].xpath(".//a[contains(@href, '/cms/')]")]

    assert closed == []
    assert len(rows) >= 20
    assert {"OccurrenceViewSet", "SessionViewSet", "SpeakerViewSet", "ExhibitorViewSet"} <= {
        name for name, count in rows.items() if count
    }
