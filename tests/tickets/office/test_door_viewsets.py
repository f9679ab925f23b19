"""Lists and gates in the admin."""

import pytest

from tests.factories.door import open_door, token
from tests.factories.festival import DayFactory, EditionFactory, UserFactory
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import ProductFactory, QuotaFactory, ZoneFactory
from tests.remembered import remembered
from tickets.models import Checkin, CheckinList, Zone

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


def form(door, **changes):
    row = door.list
    fields = {
        "edition": row.edition_id,
        "day": row.day_id,
        "slug": row.slug,
        "name_fr": "Village",
        "name_en": "Village",
    }
    return fields | {"products": [door.product.pk], "reentry": "no", "finds_by_name": "on"} | changes


def test_a_practice_list_is_cleared_by_one_button(door, editor):
    door.change_list(is_practice=True)
    door.scan(token(door.ticket()))
    address = f"/cms/checkin-lists/clear/{door.list.pk}/"
    assert address in editor.get(f"/cms/checkin-lists/edit/{door.list.pk}/").content.decode()
    assert "est utilisé et reste" in editor.post(f"/cms/checkin-lists/delete/{door.list.pk}/").content.decode()

    assert editor.post(address).status_code == 302

    assert Checkin.objects.count() == 0
    assert editor.post(f"/cms/checkin-lists/delete/{door.list.pk}/").status_code == 302
    assert not CheckinList.objects.filter(pk=door.list.pk).exists()


def test_a_real_list_has_no_such_button(door, editor):
    door.scan(token(door.ticket()))

    assert "/clear/" not in editor.get(f"/cms/checkin-lists/edit/{door.list.pk}/").content.decode()
    assert editor.post(f"/cms/checkin-lists/clear/{door.list.pk}/").status_code == 404
    assert Checkin.objects.count() == 1


@pytest.mark.parametrize("is_practice", [True, False])
def test_practice_and_real_scans_do_not_become_each_other(door, editor, is_practice):
    door.change_list(is_practice=is_practice)
    address = f"/cms/checkin-lists/edit/{door.list.pk}/"
    turned = form(door) | ({} if is_practice else {"is_practice": "on"})
    door.scan(token(door.ticket()))

    refused = editor.post(address, turned)

    assert "Cette liste a déjà des contrôles" in refused.content.decode()
    Checkin.objects.all().delete()
    assert editor.post(address, turned).status_code == 302
    door.list.refresh_from_db()
    assert door.list.is_practice is not is_practice


def test_the_rule_may_change_while_people_are_inside(door, editor):
    code = token(door.ticket())
    door.scan(code)

    assert editor.post(f"/cms/checkin-lists/edit/{door.list.pk}/", form(door, reentry="once_out")).status_code == 302

    assert door.scan(code, direction="out").scan.verdict == "left"


def test_the_day_of_a_list_that_has_scans_stays(door, editor):
    other = DayFactory(edition=door.list.edition, date="2027-05-03")
    address = f"/cms/checkin-lists/edit/{door.list.pk}/"
    door.scan(token(door.ticket()))

    refused = editor.post(address, form(door, day=other.pk))

    assert "Cette liste a déjà des contrôles" in refused.content.decode()
    Checkin.objects.all().delete()
    assert editor.post(address, form(door, day=other.pk)).status_code == 302


def test_the_list_of_a_session_asks_for_the_product_that_is_booked(door, editor):
    occurrence = OccurrenceFactory()
    place = ProductFactory(slug="place", admission="occurrence", days=[])
    QuotaFactory(occurrence=occurrence, products=[place])
    address = f"/cms/checkin-lists/edit/{door.list.pk}/"

    refused = editor.post(address, form(door, occurrence=occurrence.pk))
    accepted = editor.post(address, form(door, occurrence=occurrence.pk, products=[place.pk]))

    assert "Cochez le produit" in refused.content.decode()
    assert accepted.status_code == 302
    assert CheckinList.objects.get(pk=door.list.pk).occurrence == occurrence


def test_a_list_lets_in_by_products_or_by_a_zone(door, editor):
    zone = ZoneFactory(edition=door.list.edition)
    address = f"/cms/checkin-lists/edit/{door.list.pk}/"

    refused = editor.post(address, form(door, products=[]))
    accepted = editor.post(address, form(door, products=[], zone=zone.pk))

    assert "ou choisissez une zone" in refused.content.decode()
    assert accepted.status_code == 302
    assert CheckinList.objects.get(pk=door.list.pk).zone == zone


def test_a_zone_of_another_edition_is_no_choice(door, editor):
    other = ZoneFactory(edition=EditionFactory(number=2028, is_current=False))
    address = f"/cms/checkin-lists/edit/{door.list.pk}/"

    assert editor.post(address, form(door, zone=other.pk)).status_code == 200
    assert CheckinList.objects.get(pk=door.list.pk).zone is None


def test_an_organiser_makes_a_zone(door, editor):
    fields = {"slug": "coulisses", "name_fr": "Coulisses", "name_en": "Backstage", "products": [door.product.pk]}

    answer = editor.post("/cms/zones/new/", fields | {"edition": door.list.edition_id})

    assert answer.status_code == 302, answer.context["form"].errors
    zone = Zone.objects.get()
    assert (zone.number, list(zone.products.all())) == (1, [door.product])


@pytest.mark.parametrize(("kind", "status"), [("admission", 302), ("addon", 302), ("set", 200), ("donation", 200)])
def test_what_gives_no_ticket_opens_nothing(door, editor, kind, status):
    product = ProductFactory(slug="autre", kind=kind, edition=door.list.edition)
    fields = {"slug": "coulisses", "name_fr": "Coulisses", "name_en": "Backstage", "products": [product.pk]}

    answer = editor.post("/cms/zones/new/", fields | {"edition": door.list.edition_id})

    assert answer.status_code == status
    assert (
        editor.post(f"/cms/checkin-lists/edit/{door.list.pk}/", form(door, products=[product.pk])).status_code == status
    )


def test_the_ticket_office_says_at_once_what_opens_a_zone(door, editor):
    assert "Coulisses" not in editor.get("/fr/billetterie/").content.decode()
    fields = {"slug": "coulisses", "name_fr": "Coulisses", "name_en": "Backstage", "products": [door.product.pk]}

    editor.post("/cms/zones/new/", fields | {"edition": door.list.edition_id})

    assert "Ouvre aussi Coulisses" in editor.get("/fr/billetterie/").content.decode()
