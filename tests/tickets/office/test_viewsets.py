"""Admin screens of the shop."""

import csv
import datetime as dt
import io
import uuid

import pytest

from festival.core.writing import site_generation
from festival.models import AuditEntry
from festival.typed.hundredths import plainly
from tests.factories.door import open_door, token
from tests.factories.festival import DayFactory, EditionFactory, SectionFactory, UserFactory
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import (
    NOW,
    CheckinListFactory,
    GateFactory,
    OrderFactory,
    PriceFactory,
    ProductFactory,
    QuotaFactory,
    SaleAlertFactory,
    TicketFactory,
)
from tests.remembered import remembered
from tickets.models import Checkin, CheckinList, Device, Gate, Price, Product, Quota, SigningKey
from tickets.orders import placing
from tickets.selfservice import passing_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


@pytest.fixture
@remembered
def future():
    """The next edition, with a product, a day, a gate and an order of its own."""
    edition = EditionFactory(
        number=2028, is_current=False, start_date=dt.date(2028, 5, 1), end_date=dt.date(2028, 5, 7)
    )
    section = SectionFactory(edition=edition, name={"fr": "Kanari"})
    day = DayFactory(edition=edition, date=dt.date(2028, 5, 1))
    product = ProductFactory(edition=edition, section=section, slug="kanari", name="Kanari", days=[day])
    QuotaFactory(edition=edition, products=[product], day=day, name="Kanari")
    GateFactory(edition=edition, name="Kanari")
    listed = CheckinListFactory(edition=edition, day=day, name="Kanari", products=[product])
    TicketFactory(order=OrderFactory(edition=edition, name="Kanari"), product=product, holder="Kanari")
    return edition, product, day, listed


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("path", ["new/", "edit/{pk}/", "delete/{pk}/"])
@pytest.mark.parametrize("model", ["order", "ticket"])
def test_nobody_rewrites_what_was_sold(village, editor, model, path):
    ticket = TicketFactory(product=village)
    pk = ticket.pk if model == "ticket" else ticket.line.order_id

    response = editor.get(f"/cms/{model}/{path.format(pk=pk)}")

    assert response.status_code == 302
    assert response["Location"].endswith("/cms/")


def test_an_order_shows_its_lines_its_mails_and_its_page(village, editor):
    ticket = TicketFactory(product=village)
    order, code = ticket.line.order, ticket.short_code

    html = text(editor.get(f"/cms/order/inspect/{order.pk}/"))

    assert f"{code[:4]}-{code[4:]} · Entrée Village (gratuite) · dimanche 2 mai 2027" in html.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "en centimes" not in html
    assert f"/{order.code}/{order.secret}/" in html


def test_what_an_order_does_not_have_takes_no_room(village, editor):
    order = TicketFactory(product=village).line.order

    html = text(editor.get(f"/cms/order/inspect/{order.pk}/"))

    assert "français" in html
    assert "Raison de l’annulation" not in html
    assert "Expire le" not in html


def test_both_orders_say_what_was_passed_on_and_which_mails_went(village, editor):
    ticket = TicketFactory(product=village)
    to = placing.Buyer("Zoé", "zoe@example.org", "fr")
    done = passing_on.pass_on(ticket=ticket, order=ticket.line.order, to=to, now=NOW)

    of_giver, of_receiver = (
        text(editor.get(f"/cms/order/inspect/{order.pk}/")) for order in (done.giver, done.receiver)
    )

    for html, other in ((of_giver, done.receiver), (of_receiver, done.giver)):
        assert f'/cms/order/inspect/{other.pk}/">{other.code}</a>' in html
    assert of_giver.count("camille@example.org ·") == 1
    assert "zoe@example.org ·" in of_receiver


def scans(rows):
    door = open_door()
    for number in range(rows):
        door.scan(token(door.ticket()), phone=door.another_phone(f"Téléphone {number}"))


def of_lists(rows):
    for number in range(rows):
        day = DayFactory(edition=EditionFactory(), date=dt.date(2027, 5, 1) + dt.timedelta(days=number))
        product = ProductFactory(edition=day.edition, slug=f"produit-{number}", days=[day])
        CheckinListFactory(edition=day.edition, day=day, slug=f"liste-{number}", products=[product])
        GateFactory(edition=day.edition, slug=f"porte-{number}")
        QuotaFactory(edition=day.edition, products=[product], day=day)
        TicketFactory(product=product, order=OrderFactory(edition=day.edition))


# How many queries a list costs, however many rows it has.
COSTS = {
    "product": 18, "quotas": 14, "order": 16, "ticket": 14, "checkin-lists": 13, "gates": 12,
    "scans": 14, "door-phones": 14,
}  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("path", COSTS)
def test_a_list_costs_the_same_for_many(editor, path, rows, django_assert_num_queries):
    make_rows = scans if path in {"scans", "door-phones"} else of_lists
    make_rows(rows)
    editor.get(f"/cms/{path}/")

    with django_assert_num_queries(COSTS[path]):
        assert editor.get(f"/cms/{path}/").status_code == 200


def test_the_list_of_products_says_how_many_wait_for_each(village, editor):
    SaleAlertFactory(product=village, confirmed_at=NOW)
    SaleAlertFactory(product=village, email="zoe@example.org")
    SaleAlertFactory(product=village, email="lea@example.org", confirmed_at=NOW, told_at=NOW)

    html = text(editor.get("/cms/product/"))

    assert "1, et 1 sans confirmation" in html
    assert "zoe@" not in html


def test_a_ticket_is_found_by_the_code_as_it_is_printed(village, editor):
    ticket, other = TicketFactory.create_batch(2, product=village)
    typed = f"{ticket.short_code[:4]}-{ticket.short_code[4:]}".lower()

    html = text(editor.get("/cms/ticket/", {"q": typed}))

    assert str(ticket) in html
    assert str(other) not in html


def test_an_export_holds_no_formulas(village, editor):
    OrderFactory(edition=village.edition, name="=HYPERLINK(1)")

    response = editor.get("/cms/order/", {"export": "csv"})

    (row,) = csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")), delimiter=";")
    assert "'=HYPERLINK(1)" in row.values()


def test_an_export_of_scans_holds_no_formulas(editor):
    door = open_door()
    door.scan(token(door.ticket()), phone=door.another_phone("=HYPERLINK(1)"))

    response = editor.get("/cms/scans/", {"export": "csv"})

    (row,) = csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")), delimiter=";")
    assert "'=HYPERLINK(1)" in row.values()


@pytest.mark.parametrize("path", ["product", "quotas", "order", "ticket", "checkin-lists", "gates", "scans"])
def test_lists_and_exports_show_one_edition(village, future, editor, path):
    html = text(editor.get(f"/cms/{path}/"))
    export = b"".join(editor.get(f"/cms/{path}/", {"export": "csv"}).streaming_content).decode()

    assert "Kanari" not in html
    assert "Kanari" not in export


@pytest.mark.parametrize("path", ["product", "quotas", "order", "ticket", "checkin-lists", "gates"])
def test_another_edition_is_worked_on_by_its_filter(village, future, editor, path):
    assert "Kanari" in text(editor.get(f"/cms/{path}/", {"edition": future[0].pk}))


@pytest.fixture
@remembered
def two_doors(future):
    """A scan and a phone of either edition, and a phone that checks nothing yet."""
    now = dt.datetime(2027, 5, 2, 10, tzinfo=dt.UTC)
    for name, row in (("Kanari", future[3]), ("Maintenant", CheckinListFactory(name="Maintenant"))):
        phone = Device.objects.create(name=f"Phone {name}", user=UserFactory(), list=row, created_at=now)
        gate = GateFactory(edition=row.edition, slug=f"door-{name}", name=f"Gate {name}")
        Checkin.objects.create(
            id=uuid.uuid4(), list=row, gate=gate, device_id=phone.pk, device_name=phone.name, scanned_by="Porte",
            shown="unknown", verdict="unknown", source="typed", code_sha256="0" * 64, at=now, received_at=now,
        )  # fmt: skip
    Device.objects.create(name="Phone Neuf", user=UserFactory(), created_at=now)


@pytest.mark.parametrize("path", ["scans", "door-phones"])
def test_the_door_shows_the_edition_of_its_list_and_offers_no_other(two_doors, future, editor, path):
    ours, theirs = text(editor.get(f"/cms/{path}/")), text(editor.get(f"/cms/{path}/", {"list__edition": future[0].pk}))

    assert "Phone Maintenant" in ours
    assert "Kanari" not in ours
    assert "Phone Kanari" in theirs
    assert "Maintenant" not in theirs
    assert [("Phone Neuf" in page) for page in (ours, theirs)] == [path == "door-phones"] * 2
    assert "Phone Kanari" in text(editor.get(f"/cms/{path}/")), "what was chosen is worked on from then on"


@pytest.mark.parametrize("path", ["product", "quotas", "checkin-lists"])
def test_forms_offer_what_belongs_to_their_edition(village, future, editor, path):
    html = text(editor.get(f"/cms/{path}/new/"))

    assert "Kanari" not in html
    assert "2028-05-01" not in html


def form_of(editor, address, **changes):
    """Return what the browser would post of a form that is not changed."""
    form = editor.get(address).context["form"]
    data = {}
    for name in form.fields:
        value = form[name].value()
        if hasattr(value, "by_language"):
            data |= {f"{name}_{code}": words for code, words in value.by_language.items()}
        elif isinstance(value, list):
            data[name] = [getattr(one, "pk", one) for one in value]
        elif isinstance(value, bool):
            data |= {name: "on"} if value else {}
        elif isinstance(value, dt.datetime):
            data[name] = value.strftime("%Y-%m-%d %H:%M")
        elif value is not None:
            data[name] = value
    return data | changes


def prices(*rows, gone=()):
    data = {"prices-TOTAL_FORMS": len(rows), "prices-INITIAL_FORMS": len([row for row in rows if row.pk])}
    for name in ("refund_steps", "parts"):
        data |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
    for index, row in enumerate(rows):
        fields = {"id": row.pk or "", "slug": row.slug, "ORDER": index}
        fields |= {"cents": plainly(row.cents), "vat_rate": plainly(row.vat_rate)}
        data |= {f"prices-{index}-{name}": value for name, value in fields.items()}
        if row in gone:
            data[f"prices-{index}-DELETE"] = "on"
    return data


def test_a_changed_product_is_seen_at_once_and_recorded(village, editor):
    before = site_generation()
    address = f"/cms/product/edit/{village.pk}/"

    response = editor.post(
        address, form_of(editor, address, name_fr="Le Village, un jour") | prices(village.prices.get())
    )

    assert response.status_code == 302, response.context["form"].errors
    assert Product.objects.get().name.exact("fr") == "Le Village, un jour"
    assert site_generation() != before
    entry = AuditEntry.objects.get(verb="product.changed")
    assert entry.actor == f"user:{editor.session['_auth_user_id']}"


def of_parts(*rows):
    """Return what the browser would post of new parts of a set: products with how many of each."""
    data = {"parts-TOTAL_FORMS": len(rows), "parts-INITIAL_FORMS": 0}
    for index, (part, count) in enumerate(rows):
        fields = {"part": part.pk, "count": count, "cents": "5 €", "vat_rate": "5,5"}
        data |= {f"parts-{index}-{name}": value for name, value in fields.items()}
    return data


def a_set(village, **fields):
    """Return a set for the days of the Village, as a new product is, without parts."""
    days = fields.pop("days", village.days.all())
    made = ProductFactory(slug="duo", days=days, free=False, **({"kind": "set", "admission": "one_day"} | fields))
    return made, PriceFactory(product=made, cents=1000), f"/cms/product/edit/{made.pk}/"


def test_a_set_is_made_of_other_products(village, editor):
    made, price, address = a_set(village)

    empty = editor.post(address, form_of(editor, address) | prices(price))
    done = editor.post(address, form_of(editor, address) | prices(price) | of_parts((village, 2)))

    assert "kind" in empty.context["form"].errors
    assert done.status_code == 302, done.context["form"].errors
    assert [(part.part, part.count, part.cents) for part in made.parts.all()] == [(village, 2, 500)]


@pytest.mark.parametrize(
    ("of_set", "of_part", "field"),
    [
        ({"kind": "addon"}, {}, "kind"),
        ({"admission": "all_days"}, {}, "admission"),
        ({}, {"requires_approval": True}, "__all__"),
        ({}, {"kind": "donation"}, "__all__"),
        ({"days": "one more"}, {}, "days"),
    ],
)
def test_what_cannot_be_sold_together_is_refused_beside_its_field(village, editor, of_set, of_part, field):
    if of_set.get("days"):
        of_set = {"days": [*village.days.all(), DayFactory(date=dt.date(2027, 5, 4))]}
    Product.objects.filter(pk=village.pk).update(**of_part)
    _made, price, address = a_set(village, **of_set)

    response = editor.post(address, form_of(editor, address) | prices(price) | of_parts((village, 2)))

    assert list(response.context["form"].errors) == [field]


def test_a_price_that_was_sold_says_so_and_stays(village, editor):
    sold, other = village.prices.get(), PriceFactory(product=village, slug="autre")
    TicketFactory(product=village, price=sold)
    address = f"/cms/product/edit/{village.pk}/"

    refused = editor.post(address, form_of(editor, address) | prices(sold, other, gone=[sold]))
    done = editor.post(address, form_of(editor, address) | prices(sold, other, gone=[other]))

    assert refused.status_code == 200
    assert "est utilisé et reste" in text(refused)
    assert done.status_code == 302
    assert list(Price.objects.all()) == [sold]


@pytest.mark.parametrize(
    ("path", "row"),
    [
        ("product", lambda: Product.objects.get()),
        ("checkin-lists", lambda: CheckinList.objects.get()),
        ("gates", lambda: Gate.objects.get()),
    ],
)
def test_what_is_in_use_says_what_uses_it_and_stays(editor, path, row):
    door = open_door()
    door.scan(token(door.ticket()))
    address = f"/cms/{path}/delete/{row().pk}/"

    asked, answered = editor.get(address), editor.post(address)

    for response in (asked, answered):
        assert response.status_code == 200
        assert "est utilisé et reste" in text(response)
    assert row().pk


@pytest.mark.parametrize("path", ["product", "gates"])
def test_what_is_not_in_use_can_go(editor, path):
    row = ProductFactory() if path == "product" else GateFactory()

    assert editor.post(f"/cms/{path}/delete/{row.pk}/").status_code == 302

    assert not type(row).objects.filter(pk=row.pk).exists()
    assert AuditEntry.objects.filter(verb=f"{row._meta.model_name}.deleted").count() == 1


def quota_form(product, **changes):
    data = {"name_fr": "Places", "name_en": "Places", "size": "2", "day": "", "occurrence": ""}
    return data | {"products": [product.pk], "edition": product.edition_id} | changes


def test_a_quota_added_in_the_cms_starts_at_the_recount(editor):
    product = ProductFactory()
    TicketFactory.create_batch(2, product=product)

    response = editor.post("/cms/quotas/new/", quota_form(product))

    assert response.status_code == 302, response.context["form"].errors
    assert Quota.objects.values_list("size", "taken").get() == (2, 2)


def test_a_quota_below_what_is_sold_is_refused_in_words(editor):
    product = ProductFactory()
    TicketFactory.create_batch(3, product=product)

    response = editor.post("/cms/quotas/new/", quota_form(product))

    assert response.status_code == 200
    assert "3 places de « Places » sont déjà prises" in text(response).replace("\N{NO-BREAK SPACE}", " ")
    assert not Quota.objects.exists()


def test_a_quota_of_two_editions_is_refused(village, future, editor):
    edition, product, day, _listed = future

    for changes in ({"day": day.pk}, {"products": [product.pk]}, {"edition": edition.pk}):
        response = editor.post("/cms/quotas/new/", quota_form(village, **changes))
        assert response.status_code == 200

    assert Quota.objects.count() == 3


def test_a_quota_may_be_of_a_session(village, editor):
    occurrence = OccurrenceFactory()
    assert str(occurrence.session) in text(editor.get("/cms/quotas/new/"))

    response = editor.post("/cms/quotas/new/", quota_form(village, occurrence=occurrence.pk))

    assert response.status_code == 302, response.context["form"].errors
    assert Quota.objects.get(occurrence=occurrence).taken == 0


def test_a_quota_with_places_taken_stays(village, editor):
    TicketFactory(product=village)
    used, unused = Quota.objects.order_by("-taken")

    refused = editor.post(f"/cms/quotas/delete/{used.pk}/")
    assert editor.post(f"/cms/quotas/delete/{unused.pk}/").status_code == 302

    assert refused.status_code == 200
    assert list(Quota.objects.all()) == [used]


def test_a_list_of_two_editions_is_refused(village, future, editor):
    _edition, product, day, _listed = future
    data = {"edition": village.edition_id, "slug": "x", "name_fr": "X", "reentry": "no", "products": [village.pk]}

    for changes in ({"day": day.pk}, {"products": [product.pk]}):
        assert editor.post("/cms/checkin-lists/new/", data | changes).status_code == 200
    assert editor.post("/cms/checkin-lists/new/", data).status_code == 302

    assert CheckinList.objects.filter(edition=village.edition).count() == 1


def test_what_is_missing_for_selling_is_said_above_the_products(village, editor):
    assert "make_signing_key" not in text(editor.get("/cms/product/"))
    SigningKey.objects.all().delete()
    village.prices.all().delete()

    html = text(editor.get("/cms/product/"))

    assert "make_signing_key" in html
    assert "n’a pas encore de prix" in html
    ProductFactory()


def test_withdrawing_a_phone_is_recorded(editor):
    phone = open_door().phone

    response = editor.post(f"/cms/door-phones/withdraw/{phone.pk}/")

    assert response.status_code == 302
    assert AuditEntry.objects.filter(verb="device.withdrawn", subject_id=str(phone.pk)).count() == 1


def test_an_edition_made_in_the_cms_or_by_a_file_has_a_key(editor):
    data = form_of(editor, "/cms/edition/new/", number=2029, slug="2029", name_fr="Fête", theme_fr="Joie")
    data |= {"name_en": "Fête", "theme_en": "Joie", "start_date": "2029-05-01", "end_date": "2029-05-07"}
    data |= {"city": "Bruges", "country": "BE", "organiser_name": "Nous", "tagline_fr": "x", "summary_fr": "x"}
    for name in ("sections", "days"):
        data |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}

    response = editor.post("/cms/edition/new/", data)

    assert response.status_code == 302, response.context["form"].errors
    assert SigningKey.objects.get().edition.number == 2029
