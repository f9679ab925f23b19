"""The office's screens of codes: what was used stays consistent, many are made at once, every change is recorded."""

import csv
import io

import pytest

from festival.models import AuditEntry
from festival.typed import hundredths
from tests.factories.festival import EditionFactory, UserFactory
from tests.factories.tickets import NOW, LineFactory, VoucherFactory
from tickets.models import Quota, Voucher, VoucherUse
from tickets.vouchers import making, rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def typed(**changes):
    values = {
        "edition": EditionFactory().pk,
        "code": "AMAP27",
        "tag": "amap",
        "label": "",
        "effect": "percent",
        "value": "20",
        "products": [],
        "max_uses": "100",
        "used_before": "41",
        "keeps": "0",
        "budget_cents": "",
        "valid_from": "",
        "valid_until": "",
    }
    return values | changes


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def use(voucher, village, *, count=1, cents=1100):
    """Let lines have used a code."""
    for line in LineFactory.create_batch(count, product=village, cents=0, order__state="held", order__is_basket=True):
        VoucherUse.objects.create(voucher=voucher, line=line, cents=cents, used_at=NOW)
    Voucher.objects.filter(pk=voucher.pk).update(used=count, spent_cents=count * cents)
    voucher.refresh_from_db()


def test_a_code_is_made_and_recorded(village, editor):
    response = editor.post("/cms/vouchers/new/", typed(products=[village.pk]))

    assert response.status_code == 302
    made = Voucher.objects.get()
    assert (made.folded, made.max_uses, made.used_before, list(made.products.all())) == ("AMAP27", 100, 41, [village])
    assert AuditEntry.objects.get(verb="voucher.created").facts["products"] == ["village-jour"]


@pytest.mark.parametrize(
    ("effect", "value", "kept"),
    [("percent", "20 %", 2000), ("percent", "12,5", 1250), ("amount", "15 €", 1500), ("price", "12.50", 1250)],
)
def test_its_worth_is_typed_as_people_write_it(village, editor, effect, value, kept):
    editor.post("/cms/vouchers/new/", typed(effect=effect, value=value, budget_cents="1 200"))

    made = Voucher.objects.get()
    assert (made.value, made.budget_cents) == (kept, 120_000)
    page = editor.get(f"/cms/vouchers/edit/{made.pk}/").content.decode()
    assert f'value="{hundredths.plainly(kept)}"' in page
    assert 'value="1200"' in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "– –"}, "code"),
        ({"code": "amap-27"}, "code"),
        ({"value": "0"}, "value"),
        ({"value": "100.01"}, "value"),
        ({"value": "20 €"}, "value"),
        ({"value": "2O"}, "value"),
        ({"effect": "amount", "value": "15 %"}, "value"),
        ({"effect": "amount", "value": "0"}, "value"),
        ({"effect": "none"}, "value"),
        ({"reveals": "on"}, "products"),
        ({"max_uses": "40"}, "max_uses"),
        ({"valid_from": "2027-05-02 10:00", "valid_until": "2027-05-01 10:00"}, "__all__"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(village, editor, changes, field):
    VoucherFactory()

    response = editor.post("/cms/vouchers/new/", typed(**({"code": "NEUF"} | changes)))

    assert response.status_code == 200
    assert field in errors(response)
    assert Voucher.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"keeps": "2"}, "quotas"),
        ({"keeps": "0", "quotas": True}, "keeps"),
        ({"keeps": "60", "quotas": True}, "keeps"),  # good for 59 more
        ({"keeps": "11", "quotas": True}, "keeps"),  # of ten
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(village, editor, changes, field):
    if "quotas" in changes:
        changes = changes | {"quotas": [village.quotas.first().pk]}

    response = editor.post("/cms/vouchers/new/", typed(**changes))

    assert field in errors(response)
    assert not Voucher.objects.exists()


def test_a_code_keeps_places_and_the_lists_say_so(village, editor):
    quota = village.quotas.first()

    editor.post("/cms/vouchers/new/", typed(keeps="3", quotas=[quota.pk]))

    voucher = Voucher.objects.get()
    quota.refresh_from_db()
    assert (voucher.keeps, quota.reserved) == (3, 3)
    assert "3 / 3" in editor.get("/cms/vouchers/").content.decode()
    edit = editor.get(f"/cms/vouchers/edit/{voucher.pk}/").content.decode()
    assert f'name="quotas" value="{quota.pk}"' in edit
    editor.post(f"/cms/quotas/delete/{quota.pk}/")
    assert Quota.objects.filter(pk=quota.pk).exists()


def test_two_codes_with_the_same_spelling_are_for_two_editions(editor):
    VoucherFactory(edition=EditionFactory(number=2028, is_current=False))

    assert editor.post("/cms/vouchers/new/", typed()).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "AUTRE"}, "code"),
        ({"effect": "amount"}, "effect"),
        ({"value": "50"}, "value"),
        ({"max_uses": "2", "used_before": "0"}, "max_uses"),
        ({"budget_cents": "32,99"}, "budget_cents"),
    ],
)
def test_what_was_used_cannot_be_made_inconsistent(village, editor, changes, field):
    voucher = VoucherFactory()
    use(voucher, village, count=3)

    response = editor.post(f"/cms/vouchers/edit/{voucher.pk}/", typed(**changes))

    assert list(errors(response)) == [field]
    voucher.refresh_from_db()
    assert (voucher.code, voucher.effect, voucher.value, voucher.max_uses) == ("AMAP27", "percent", 2000, None)


def test_what_does_not_touch_its_uses_changes_and_keeps_the_counters(village, editor):
    voucher = VoucherFactory()
    use(voucher, village, count=3)

    response = editor.post(
        f"/cms/vouchers/edit/{voucher.pk}/", typed(max_uses="3", used_before="0", budget_cents="3300", tag="neu")
    )

    assert response.status_code == 302
    assert Voucher.objects.values_list("tag", "max_uses", "used", "spent_cents").get() == ("neu", 3, 3, 3300)
    assert AuditEntry.objects.filter(verb="voucher.changed").count() == 1


def test_a_code_that_was_used_is_not_deleted(village, editor):
    voucher, free = VoucherFactory(), VoucherFactory(code="LIBRE")
    use(voucher, village)

    for one in (voucher, free):
        editor.post(f"/cms/vouchers/delete/{one.pk}/")

    assert list(Voucher.objects.all()) == [voucher]
    assert AuditEntry.objects.filter(verb="voucher.deleted").count() == 1


def test_many_codes_are_made_at_once_and_exported(village, editor):
    posted = typed(count="30", prefix="amap", products=[village.pk], tag="Amap Belleville", max_uses="1")

    response = editor.post("/cms/vouchers/many/", posted)
    sheet = editor.get(f"{response.url}&export=csv")

    codes = list(Voucher.objects.values_list("code", flat=True))
    assert (len(codes), len(set(codes))) == (30, 30)
    assert all(code.startswith("AMAP-") and set(code[5:]) <= set(rules.ALPHABET) for code in codes)
    rows = list(csv.reader(io.StringIO(b"".join(sheet.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert sorted(row[0] for row in rows[1:]) == sorted(codes)
    assert AuditEntry.objects.filter(verb="voucher.created").count() == 30
    assert Voucher.products.through.objects.filter(product=village).count() == 30


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"count": "0"}, "count"),
        ({"count": "2001"}, "count"),
        ({"prefix": "été!"}, "prefix"),
        ({"tag": ""}, "tag"),
        ({"value": "0"}, "value"),
        ({"reveals": "on"}, "products"),
    ],
)
def test_many_that_make_no_sense_are_refused(village, editor, changes, field):
    response = editor.post("/cms/vouchers/many/", typed(**({"count": "2", "prefix": ""} | changes)))

    assert (response.status_code, list(errors(response))) == (422, [field])
    assert not Voucher.objects.exists()


def test_a_number_of_codes_that_the_form_does_not_allow_is_refused_by_the_action(village):
    series = making.Series(VoucherFactory.build(edition=village.edition), [], 0)

    with pytest.raises(ValueError, match="0 codes"):
        making.make_many(series=series, actor=None, now=NOW)


def test_the_list_says_how_often_a_code_was_used_and_leads_to_the_orders(village, editor):
    voucher = VoucherFactory(max_uses=60, used_before=39, budget_cents=500_000)
    use(voucher, village, count=2)
    order = VoucherUse.objects.first().line.order

    listed = editor.get("/cms/vouchers/").content.decode()
    uses = editor.get(f"/cms/voucher-uses/?voucher__edition={voucher.edition_id}&voucher={voucher.pk}")
    page = editor.get(f"/cms/order/inspect/{order.pk}/").content.decode()

    assert "41 / 60" in listed
    assert "22 € / 5" in listed.replace("\N{NO-BREAK SPACE}", " ") or "€22 / €5" in listed
    assert f"/cms/order/inspect/{order.pk}/" in uses.content.decode()
    assert "AMAP27 (" in page
