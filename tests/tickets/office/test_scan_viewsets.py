"""The scans in the admin: read, exported, taken back; never edited, never deleted."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission
from lxml import html

from tests.factories.door import open_door, token
from tests.factories.festival import UserFactory
from tests.factories.tickets import CheckinListFactory
from tests.remembered import remembered
from tickets.door import queries
from tickets.models import Checkin

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def door():
    return open_door()


@pytest.fixture
def editor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def text(response):
    return response.content.decode()


def test_the_person_in_charge_takes_back_a_scan_by_one_button(door, editor, settings):
    scan = door.scan(token(door.ticket())).scan
    settings.FESTIVAL_CLOCK = "2027-05-02T20:00"
    address = f"/cms/scans/undo/{scan.pk}/"
    assert address in text(editor.get(f"/cms/scans/inspect/{scan.pk}/"))

    response = editor.post(address, follow=True)

    assert "Le contrôle est annulé" in text(response)
    assert queries.counts(door.list.pk).admitted == 0
    assert address not in text(editor.get(f"/cms/scans/inspect/{scan.pk}/"))
    assert "déjà été annulé" in text(editor.post(address, follow=True))
    assert Checkin.objects.count() == 2


def test_a_scan_is_opened_from_the_list_and_says_its_time_and_verdict_in_words(door, editor):
    scan = door.scan(token(door.ticket())).scan
    assert f'href="/cms/scans/inspect/{scan.pk}/"' in text(editor.get("/cms/scans/"))

    page = html.fromstring(editor.get(f"/cms/scans/inspect/{scan.pk}/").content).xpath("//main")[0]

    words = page.text_content().replace("\N{NO-BREAK SPACE}", " ")
    assert "dimanche 2 mai 2027" in page.xpath(".//h1")[0].text_content().replace("\N{NO-BREAK SPACE}", " ")
    assert "· admis" in words
    assert "None" not in words


def test_who_may_only_look_has_no_button(door, client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    person = UserFactory(is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_checkin"]))
    client.force_login(person)
    scan = door.scan(token(door.ticket())).scan

    assert "undo" not in text(client.get(f"/cms/scans/inspect/{scan.pk}/"))
    assert client.post(f"/cms/scans/undo/{scan.pk}/").status_code in {302, 403}
    assert Checkin.objects.count() == 1


def test_practice_scans_are_in_no_list_and_no_export(door, editor):
    practice = CheckinListFactory(day=None, slug="essai", products=[door.product], is_practice=True)
    door.phone.list = practice
    door.phone.save()
    door.scan(token(door.ticket(holder="Practice Person")), list_id=practice.pk)

    page = text(editor.get("/cms/scans/"))
    export = b"".join(editor.get("/cms/scans/", {"export": "csv"}).streaming_content).decode()

    assert door.phone.name not in page
    assert list(csv.DictReader(io.StringIO(export))) == []


@pytest.mark.parametrize("path", ["new/", "edit/{pk}/", "delete/{pk}/"])
def test_scans_are_neither_made_nor_changed_nor_deleted_by_hand(door, editor, path):
    scan = door.scan(token(door.ticket())).scan

    for response in (
        editor.get(f"/cms/scans/{path.format(pk=scan.pk)}"),
        editor.post(f"/cms/scans/{path.format(pk=scan.pk)}"),
    ):
        assert response.status_code in {302, 403, 404}
    assert Checkin.objects.count() == 1
