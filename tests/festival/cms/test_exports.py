"""Every list of the admin that can be exported, ours and Wagtail's, is written by the one writer."""

import io

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from festival.documents import spreadsheets
from tests.factories.festival import UserFactory
from tests.factories.tickets import FeeFactory, OrderFactory, TicketFactory
from tickets.models import Order

pytestmark = pytest.mark.django_db

WRITERS = ("write_csv_response", "write_xlsx_response", "stream_csv", "write_xlsx", "as_spreadsheet")


def exporting_views(patterns=None, space=""):
    """Return {address: view class} of every address whose view exports."""
    found = {}
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found |= exporting_views(pattern.url_patterns, inner)
            continue
        view = _class_of(pattern.callback)
        if view and issubclass(view, SpreadsheetExportMixin) and pattern.name:
            try:
                found[reverse(f"{space}{pattern.name}")] = view
            except NoReverseMatch:  # a list below one row, such as the history of a page
                continue
    return found


def _class_of(callback):
    while callback is not None:
        if found := getattr(callback, "view_class", None):
            return found
        callback = getattr(callback, "__wrapped__", None)
    return None


@pytest.fixture
def admin(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def test_no_view_writes_by_itself():
    own = {
        view
        for view in exporting_views().values()
        for name in WRITERS
        if getattr(view, name) is not getattr(SpreadsheetExportMixin, name)
    }

    assert own == set()


def test_every_list_is_exported_alike(admin):
    addresses = exporting_views()
    strange, exported = [], []
    for address in addresses:
        for kind, content_type in (("csv", spreadsheets.CSV), ("xlsx", spreadsheets.WORKBOOK)):
            response = admin.get(address, {"export": kind})
            content = response.getvalue()
            if response.headers["Content-Type"] != content_type or not content:
                strange.append((address, kind, response.status_code))
            elif kind == "csv" and not content.startswith(b"\xef\xbb\xbf"):
                strange.append((address, "no byte order mark"))
            else:
                exported.append(address)

    assert strange == []
    assert {
        "/cms/order/",
        "/cms/ticket/",
        "/cms/scans/",
        "/cms/audit/",
        "/cms/mails/",
        "/cms/entry/",
        "/cms/juror/",
        "/cms/redirects/",
    } <= set(exported)
    assert {"/cms/reports/site-history/", "/cms/snippets/program/speaker/"} <= set(exported)


@pytest.mark.unsound
def test_amounts_and_moments_are_typed(admin):
    order = OrderFactory(total_cents=1250)

    sheet = load_workbook(io.BytesIO(admin.get("/cms/order/", {"export": "xlsx"}).getvalue())).active

    cells = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert cells["Total"].value == 12.5
    assert cells["Total"].number_format == "0.00"
    ordered = next(cell for cell in cells.values() if cell.is_date)
    assert ordered.value.hour == order.created_at.astimezone(spreadsheets.local(order.created_at).tzinfo).hour


def test_amounts_and_rates_are_exported_as_they_are_typed(admin):
    FeeFactory(cents=150, percent=250, vat_rate=550)

    sheet = load_workbook(io.BytesIO(admin.get("/cms/fees/", {"export": "xlsx"}).getvalue())).active

    assert {1.5, 2.5, 5.5} <= {cell.value for cell in sheet[2]}


def test_headings_are_words(admin):
    TicketFactory()

    heading = admin.get("/cms/ticket/", {"export": "csv"}).getvalue().decode("utf-8-sig").splitlines()[0]

    assert "." not in heading
    assert "Séance" in heading


def test_a_choice_is_exported_as_people_read_it(admin):
    TicketFactory(line__order__state=Order.State.PAID)

    line = admin.get("/cms/ticket/", {"export": "csv"}).getvalue().decode("utf-8-sig").splitlines()[1]

    assert {"payée", "valable"} <= set(line.split(";"))
    assert not {"paid", "valid"} & set(line.split(";"))
