"""The office's queue: the file as a download alone, accepted, refused with a reason, by those who may."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from tests.factories.festival import UserFactory
from tests.factories.tickets import NOW
from tests.tickets.approvals.conftest import OFFICE, PDF, apply, card
from tickets.approvals import deciding
from tickets.models import Approval, Order

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def screen(name, *args):
    return reverse(f"approvals:{name}", args=args)


def words(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_the_queue_says_who_asks_for_what_and_how_many_wait(press, office):
    approval = apply(press, file=card())

    html = words(office.get(screen("index")))

    assert "1 demande attend" in html
    assert "Zoé Ünal" in html
    assert "Accréditation presse" in html
    assert screen("inspect", approval.pk) in html


def test_the_file_is_a_download_and_nothing_else(press, office):
    approval = apply(press, file=card("carte de presse.pdf"))
    html = words(office.get(screen("inspect", approval.pk)))
    assert screen("file", approval.pk) in html

    response = office.get(screen("file", approval.pk))

    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Disposition"] == 'attachment; filename="carte de presse.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]


def test_no_file_is_not_found(press, office):
    assert office.get(screen("file", apply(press).pk)).status_code == 404


def test_accepted(press, office):
    approval = apply(press)
    html = words(office.post(screen("accept", approval.pk), follow=True))

    assert "les billets sont en route" in html
    assert Order.objects.get().state == "paid"
    assert "Cette demande n’attend plus" in words(office.post(screen("accept", approval.pk), follow=True))


def test_refused_with_a_reason_and_never_without(press, office):
    approval = apply(press)
    address = screen("refuse", approval.pk)
    assert office.post(address, {"reason": " "}).status_code == 422
    assert office.get(address).status_code == 200

    office.post(address, {"reason": "Sans carte."})

    approval.refresh_from_db()
    assert (approval.is_accepted, approval.reason) == (False, "Sans carte.")
    assert "Cette demande n’attend plus" in words(office.post(address, {"reason": "Encore"}, follow=True))


def test_requests_are_exported(press, office):
    deciding.accept(approval=apply(press), actor=OFFICE, now=NOW)
    apply(press, number=2)
    response = office.get(f"{screen('index')}?export=csv")

    rows = b"".join(response.streaming_content).decode().splitlines()
    assert ["Journaliste" in row for row in rows] == [False, True, True]
    assert ["en attente" in row for row in rows] == [False, True, False]
    assert ["acceptée" in row for row in rows] == [False, False, True]


@pytest.mark.parametrize(("name", "method"), [("accept", "post"), ("refuse", "post"), ("file", "get")])
def test_only_whoever_may_decides_and_opens_files(press, client, settings, name, method):
    settings.SECOND_FACTOR_REQUIRED = False
    approval = apply(press, file=card())
    client.force_login(UserFactory(is_staff=True))

    assert getattr(client, method)(screen(name, approval.pk)).status_code in {302, 403}
    assert Approval.objects.get().is_accepted is None


def test_who_may_look_and_not_decide_reads_the_name_of_the_file_alone(press, client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    approval = apply(press, file=card("carte.pdf"))
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_approval"]))
    client.force_login(user)

    html = words(client.get(screen("inspect", approval.pk)))

    assert "carte.pdf" in html
    assert screen("file", approval.pk) not in html
