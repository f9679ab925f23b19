from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission

from festival.models import AuditEntry, OutgoingMail
from tests.factories.festival import EditionFactory, OutgoingMailFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 5, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def member(client, settings):
    """Sign in somebody who may enter the admin and has the rights that are named."""
    settings.SECOND_FACTOR_REQUIRED = False

    def with_rights(*names):
        user = UserFactory()
        user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *names]))
        client.force_login(user)
        return user

    return with_rights


def test_the_list_shows_the_mails_and_opens_its_rows(editor_client):
    mail = OutgoingMailFactory(state="sent", sent_at=NOW)

    page = editor_client.get("/cms/mails/").text

    for text in (mail.to, "test.greeting", "envoyé", "2\xa0mai\xa02027", "11\xa0h\xa030"):
        assert text in page
    assert f'href="/cms/mails/inspect/{mail.pk}/"' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "failed"}, {"b@example.org"}),
        ({"kind": "test.other"}, {"b@example.org"}),
        ({"q": "a@example"}, {"a@example.org"}),
        ({"created_at_from": "2027-05-03"}, set()),
    ],
)
def test_the_list_is_searched_and_filtered(editor_client, query, found):
    OutgoingMailFactory(to="a@example.org")
    OutgoingMailFactory(to="b@example.org", state="failed", kind="test.other")

    rows = editor_client.get("/cms/mails/results/", query).context["object_list"]

    assert {mail.to for mail in rows} == found


def test_a_mail_shows_how_it_went(editor_client):
    first = OutgoingMailFactory(state="failed", tries=8, last_error="TimeoutError: timed out", edition=EditionFactory())
    second = OutgoingMailFactory(again_for=first, state="sent", sent_at=NOW, subject="Votre billet")

    page = editor_client.get(f"/cms/mails/inspect/{first.pk}/").text
    for text in ("TimeoutError: timed out", f"festival.edition {first.fact_id}", "abandonné", "2027"):
        assert text in page
    page = editor_client.get(f"/cms/mails/inspect/{second.pk}/").text
    for text in ("Votre billet", f'href="/cms/mails/inspect/{first.pk}/"'):
        assert text in page


def test_the_button_sends_again(client, member):
    user = member("change_outgoingmail")
    mail = OutgoingMailFactory(state="sent", sent_at=NOW)
    page = client.get(f"/cms/mails/inspect/{mail.pk}/").text
    assert f'action="/cms/mails/send-again/{mail.pk}/"' in page

    response = client.post(f"/cms/mails/send-again/{mail.pk}/", follow=True)

    again = OutgoingMail.objects.get(again_for=mail)
    assert response.redirect_chain == [(f"/cms/mails/inspect/{again.pk}/", 302)]
    assert f"Le courriel à {mail.to} est en route." in response.text
    assert "send-again" not in response.text  # it waits already
    assert AuditEntry.objects.get().actor == f"user:{user.pk}"


def test_one_button_sends_all_again_that_were_given_up(client, member):
    user = member("change_outgoingmail")
    sent = OutgoingMailFactory(state="sent", sent_at=NOW)
    failed = [OutgoingMailFactory(state="failed", to=f"{name}@example.org") for name in "ab"]
    page = client.get("/cms/mails/").text
    assert 'action="/cms/mails/send-again/"' in page
    assert "2 courriels n’ont pas pu être envoyés." in page

    response = client.post("/cms/mails/send-again/", follow=True)

    assert response.redirect_chain == [("/cms/mails/", 302)]
    assert "2 courriels sont en route." in response.text
    assert set(OutgoingMail.objects.waiting().values_list("again_for", flat=True)) == {mail.pk for mail in failed}
    assert not sent.sent_again.exists()
    assert [entry.actor for entry in AuditEntry.objects.all()] == [f"user:{user.pk}"] * 2
    assert 'action="/cms/mails/send-again/"' not in response.text  # nothing is left to send
    client.post("/cms/mails/send-again/")
    assert OutgoingMail.objects.count() == 5


def test_the_button_for_all_is_for_those_who_may(client, member):
    member("view_outgoingmail")
    OutgoingMailFactory(state="failed")

    assert "send-again" not in client.get("/cms/mails/").text
    client.post("/cms/mails/send-again/")
    assert client.get("/cms/mails/send-again/").status_code == 405

    assert OutgoingMail.objects.count() == 1


def test_a_lost_address_is_not_found(client, member):
    member("change_outgoingmail")

    assert client.post("/cms/mails/send-again/99/").status_code == 404


def test_who_may_only_look_sends_nothing(client, member):
    member("view_outgoingmail")
    mail = OutgoingMailFactory(state="sent", sent_at=NOW)

    assert "send-again" not in client.get(f"/cms/mails/inspect/{mail.pk}/").text
    client.post(f"/cms/mails/send-again/{mail.pk}/")

    assert OutgoingMail.objects.count() == 1


def test_a_link_sends_nothing(editor_client):
    mail = OutgoingMailFactory(state="sent", sent_at=NOW)

    assert editor_client.get(f"/cms/mails/send-again/{mail.pk}/").status_code == 405


def test_only_who_may_sees_the_mails(client, member):
    member("change_edition")

    assert client.get("/cms/mails/").status_code == 302
    assert "/cms/mails/" not in client.get("/cms/").text


@pytest.mark.parametrize("path", ["new/", "edit/{pk}/", "delete/{pk}/"])
def test_nobody_rewrites_a_mail(editor_client, path):
    mail = OutgoingMailFactory()

    response = editor_client.get("/cms/mails/" + path.format(pk=mail.pk))

    assert (response.status_code, response.url) == (302, "/cms/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_many(editor_client, rows, django_assert_num_queries):
    OutgoingMailFactory.create_batch(rows)
    editor_client.get("/cms/mails/")

    with django_assert_num_queries(11):
        editor_client.get("/cms/mails/")
