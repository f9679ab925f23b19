from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import connection

from festival.core import audit
from tests.factories.festival import UserFactory, audit_entry

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 5, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def member_client(client, settings):
    """Sign in somebody who may enter the admin and has the rights that are named."""
    settings.SECOND_FACTOR_REQUIRED = False

    def with_rights(*names):
        user = UserFactory()
        user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *names]))
        client.force_login(user)
        return client

    return with_rights


def test_the_list_shows_who_did_what_and_opens_its_rows(editor_client):
    named = audit_entry()
    nameless = audit_entry(verb="mail.sent_again", actor="system:tick", actor_name="", subject_name="")

    page = editor_client.get("/cms/audit/").text

    for text in ("order.placed", "ABCD2345", "Aïcha Le Goff", "2\xa0mai\xa02027", "system:tick", "tickets.order 7"):
        assert text in page
    for entry in (named, nameless):
        assert f'href="/cms/audit/inspect/{entry.pk}/"' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "cancelled"}, {"order.cancelled"}),
        ({"q": "Goff"}, {"order.placed"}),
        ({"q": "user:9"}, {"order.cancelled"}),
        ({"verb": "order.cancelled"}, {"order.cancelled"}),
        ({"edition": "2028"}, {"order.cancelled"}),
        ({"at_from": "2027-05-03"}, set()),
        ({"at_from": "2027-05-02", "at_to": "2027-05-02"}, {"order.placed", "order.cancelled"}),
    ],
)
def test_the_list_is_searched_and_filtered(editor_client, query, found):
    audit_entry()
    audit_entry(verb="order.cancelled", actor="user:9", actor_name="Bob", edition="2028")

    rows = editor_client.get("/cms/audit/results/", query).context["object_list"]

    assert {entry.verb for entry in rows} == found


def test_an_entry_shows_its_facts_and_that_it_is_not_sealed(editor_client):
    facts = {"places": 3, "by_mail": True, "rows": [1, None], "state": {"after": "paid"}, "note": "<b>"}
    entry = audit_entry(facts=facts, edition="2027")

    page = editor_client.get(f"/cms/audit/inspect/{entry.pk}/").text

    for text in ("places: <code>3", "by_mail: <code>oui", "rows: <code>1, –", "state: <code>after paid", "&lt;b&gt;"):
        assert text in page
    assert "Pas encore scellée" in page
    assert "2\xa0mai\xa02027" in page
    assert "tickets.order 7" in page


def test_an_entry_without_facts_has_a_dash(editor_client):
    entry = audit_entry(edition="2027")

    page = " ".join(editor_client.get(f"/cms/audit/inspect/{entry.pk}/").text.split())

    assert "<dt>Faits</dt> <dd> – </dd>" in page


def test_a_sealed_entry_says_so(editor_client):
    entry = audit_entry()
    audit.seal(NOW)
    entry.refresh_from_db()

    page = editor_client.get(f"/cms/audit/inspect/{entry.pk}/").text

    assert "Scellée au rang 1" in page
    assert entry.seal in "".join(page.split())


@pytest.mark.unsound
def test_a_changed_entry_is_shown_as_broken(editor_client):
    entry = audit_entry()
    audit.seal(NOW)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER audit_is_append_only")
        cursor.execute("UPDATE festival_auditentry SET verb = 'x.y'")

    assert "Brisé" in editor_client.get(f"/cms/audit/inspect/{entry.pk}/").text


@pytest.mark.parametrize("path", ["new/", "edit/{pk}/", "delete/{pk}/"])
def test_nobody_rewrites_the_log(editor_client, path):
    entry = audit_entry()

    response = editor_client.get("/cms/audit/" + path.format(pk=entry.pk))

    assert (response.status_code, response.url) == (302, "/cms/")


def test_only_who_may_sees_the_log(member_client):
    audit_entry()

    assert member_client("change_edition").get("/cms/audit/").status_code == 302
    assert "/cms/audit/" not in member_client("change_edition").get("/cms/").text
    assert member_client("view_auditentry").get("/cms/audit/").status_code == 200
    assert "/cms/audit/" in member_client("view_auditentry").get("/cms/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_many(editor_client, rows, django_assert_num_queries):
    for number in range(rows):
        audit_entry(subject_id=str(number))
    editor_client.get("/cms/audit/")

    with django_assert_num_queries(10):
        editor_client.get("/cms/audit/")
