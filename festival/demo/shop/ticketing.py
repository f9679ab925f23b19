"""Loads the ticket office: products with prices and quotas, gates, check-in lists, the signing key, three attendees.

Places in workshops are in `festival.demo.shop.workshops`.

Its codes are in `festival.demo.shop.codes`. Funds of the file have no home yet; they are named in the report.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from festival.core.audit import IMPORTER
from festival.core.writing import writing
from festival.demo.shop import codes, questions, workshops
from festival.importing.faults import Fault, day, moment, one_of, read, required, rows, translated
from festival.models import Day, Edition, Phase, Section
from festival.text import typography
from festival.text.texts import Text
from program.models import Session
from tickets.catalogue import stocking
from tickets.delivery import signing, tokens
from tickets.models import CheckinList, Gate, Price, Product, Quota, RefundStep, SetPart, Ticket, Zone
from tickets.orders import placing

Row = dict[str, Any]
YOUR_PRICE = {"name": {"fr": "Votre prix", "en": "Your price"}}
ANY_AMOUNT = {"name": {"fr": "Montant libre", "en": "Any amount"}}
GATES = {
    "village-nord": {"fr": "Village, entrée nord", "en": "Village, north gate"},
    "village-sud": {"fr": "Village, entrée sud", "en": "Village, south gate"},
    "fest-quai": {"fr": "Fest, entrée du quai", "en": "Fest, quayside gate"},
}
# Parts of the site with a door of their own, and the products that open them.
ZONES = {
    "presse": ({"fr": "Salle de presse", "en": "Press room"}, ("presse",)),
    "coulisses": ({"fr": "Coulisses de la grande halle", "en": "Backstage of the great hall"}, ("presse", "benevole")),
}
PRACTICE = {"fr": "Entraînement", "en": "Practice"}
# Invented people for a first try at the door: two for Sunday 2 May and one for Monday, so a wrong day can be seen.
ATTENDEES = (
    ("Camille Dupont-N’Guessan", "camille@example.org", "2027-05-02"),
    ("Aïcha Le Goff", "aicha@example.org", "2027-05-02"),
    ("Jonas Hallvarðsson", "jonas@example.org", "2027-05-03"),
)
FORMS = uuid.uuid5(uuid.NAMESPACE_URL, "https://joursc.example.org/billetterie/")


@writing(public=True)
def load(data: Row, report: Callable[[str], None]) -> None:
    """Create or update what is sold in the edition of `data`."""
    number = read(int, required(required(data, "edition", "file"), "year", "edition"), "edition.year")
    edition = Edition.objects.filter(number=number).first()
    if edition is None:
        raise Fault("edition.year", f"there is no edition {number} yet; load the edition first")
    shop, places = required(data, "ticketing", "file"), _places(data)
    phase = edition.phases.get(slug="ticketing")
    slugs: list[str] = []
    sold = [(key, path, row) for key in ("tickets", "addons", "sets") for path, row in rows(shop, key)]
    for number, (key, path, row) in enumerate(sold, start=1):
        if not row.get("funded_by"):  # it is a ticket of another product, which the pot gives
            kind = _kind(key, row)
            slugs.append(_product(f"ticketing.{path}", row, edition, phase, kind, places, number).slug)
    funded = {row["id"] for _key, _path, row in sold if row.get("funded_by")}
    for path, row in rows(shop, "quotas"):
        _shared_quota(f"ticketing.{path}", row, edition, phase, funded)
    _open_sessions(data, edition, funded)
    workshops.load(data, edition, phase, report)
    Product.objects.filter(edition=edition).exclude(slug__in=slugs).update(is_listed=False)
    _door(edition)
    signing.ensure_key(edition=edition, now=phase.opens)
    report(f"Ticket office: {len(slugs)} products, {CheckinList.objects.count()} check-in lists.")
    codes.load(shop, edition, phase, report)
    questions.load(shop, edition, phase, report)
    _attendees(edition, report)


def _open_sessions(data: Row, edition: Edition, funded: set[str]) -> None:
    """Say which products open which sessions; the file names them at the session."""
    known = {product.slug: product for product in edition.products.all()}
    opened: dict[str, list[str]] = {slug: [] for slug in known}
    for path, row in rows(data, "sessions"):
        for index, slug in enumerate(row.get("tickets") or ()):
            if slug in funded:
                continue
            product = one_of(known, slug.removeprefix("addon:"), f"{path}.tickets[{index}]")
            opened[product.slug].append(row["id"])
    for slug, product in known.items():
        product.sessions.set(Session.objects.filter(edition=edition, slug__in=opened[slug]))


def _kind(key: str, row: Row) -> Product.Kind:
    if key != "addons":
        return Product.Kind.ADMISSION if key == "tickets" else Product.Kind.SET
    return Product.Kind.DONATION if row.get("donation") else Product.Kind.ADDON


def _product(
    path: str, row: Row, edition: Edition, phase: Phase, kind: str, places: dict[str, Row], number: int
) -> Product:
    days = _days(path, row, edition)
    # What is valid in both parts shows the colour of the later one, the Fest.
    section = days[-1].sections[0] if days else edition.sections.get(slug="fest")
    opens, closes = row.get("sale_opens"), row.get("sale_closes")
    until = row.get("refundable_until")
    values = {
        "section": section,
        "kind": kind,
        "admission": "one_day" if row.get("choose") == "one_day" or row.get("per_day") else "all_days",
        "currency": row.get("currency") or edition.currency,
        "sale_opens": moment(opens, f"{path}.sale_opens") if opens else phase.opens,
        "sale_closes": moment(closes, f"{path}.sale_closes") if closes else phase.closes,
        "max_per_order": read(int, row.get("max_per_order") or 10, f"{path}.max_per_order"),
        "is_listed": row.get("visibility", "public") == "public",
        "sort_order": number,
    }
    values |= {key: bool(row.get(key)) for key in ("requires_approval", "named")}
    values |= {"file_asked": row.get("document") or "no"}
    values |= {"transferable": bool(row.get("transferable", True))}
    values |= translated(row, "name", path) | {"place": places.get(section.slug, {})}
    for key in ("description", "proof", "vat_note"):
        values |= translated(row, key, path, optional=True)
    product, _created = Product.objects.update_or_create(
        edition=edition,
        slug=required(row, "id", path),
        defaults=values,
        create_defaults=values | {"number": number},
    )
    product.days.set(days)
    if until:
        RefundStep.objects.get_or_create(product=product, until=moment(until, f"{path}.refundable_until"))
    _prices(path, row, product)
    _parts(path, row, product)
    _quotas(path, row, product, days, phase)
    return product


def _days(path: str, row: Row, edition: Edition) -> list[Day]:
    known = {one.date.isoformat(): one for one in edition.days.prefetch_related("hours__section").order_by("date")}
    key = "valid_days" if "valid_days" in row else "days"
    listed = row.get(key) or []
    return [
        one_of(known, day(value, f"{path}.{key}[{index}]").isoformat(), f"{path}.{key}[{index}]")
        for index, value in enumerate(listed)
    ]


def _prices(path: str, row: Row, product: Product) -> None:
    found: dict[str, Row] = {}
    tiers = row.get("tiers") or []
    for index, tier in enumerate(tiers):
        place = f"{path}.tiers[{index}]"
        found[required(tier, "id", place)] = {
            "cents": read(int, required(tier, "price_cents", place), f"{place}.price_cents"),
            "is_default": bool(tier.get("default")),
            **translated(tier, "name", place),
            **translated(tier, "help", place, optional=True),
        }
    if custom := row.get("custom_amount"):
        place = f"{path}.custom_amount"
        lowest, highest = (
            read(int, required(custom, key, place), f"{place}.{key}") for key in ("min_cents", "max_cents")
        )
        found["libre"] = {"cents": lowest, "max_cents": highest, **YOUR_PRICE}
    for cents in row.get("suggested_cents") or []:
        found[f"prix-{cents}"] = {"cents": read(int, cents, f"{path}.suggested_cents"), "is_default": not found}
    if row.get("min_cents") and row.get("max_cents"):
        lowest, highest = (read(int, row[key], f"{path}.{key}") for key in ("min_cents", "max_cents"))
        found["libre"] = {"cents": lowest, "max_cents": highest, **(ANY_AMOUNT if row.get("donation") else YOUR_PRICE)}
    if not found:
        cents = read(int, required(row, "price_cents", path), f"{path}.price_cents")
        found["prix"] = {"cents": cents, "is_default": True}
    vat_rate = read(lambda rate: round(float(rate) * 100), row.get("vat_rate") or 0, f"{path}.vat_rate")
    for order, (slug, values) in enumerate(found.items()):
        common = {"sort_order": order, "vat_rate": vat_rate}
        Price.objects.update_or_create(product=product, slug=slug, defaults=values | common)
    product.prices.exclude(slug__in=found).delete()


def _parts(path: str, row: Row, product: Product) -> None:
    """What a set brings; its parts stand before it in the file."""
    known = {one.slug: one for one in product.edition.products.all()}
    product.parts.all().delete()
    for index, part in enumerate(row.get("parts") or ()):
        place = f"{path}.parts[{index}]"
        SetPart.objects.create(
            product=product,
            part=one_of(known, required(part, "product", place), f"{place}.product"),
            count=read(int, required(part, "count", place), f"{place}.count"),
            cents=read(int, required(part, "share_cents", place), f"{place}.share_cents"),
        )


def _quotas(path: str, row: Row, product: Product, days: list[Day], phase: Phase) -> None:
    per_day = row.get("quantity_per_day") or (row.get("quantity") if row.get("per_day") else None)
    sizes: list[tuple[Day | None, Any]] = [(one, per_day) for one in days] if per_day else [(None, row.get("quantity"))]
    for one, size in sizes:
        if size is not None:
            size = read(int, size, f"{path}.quantity")
            _quota(product.edition, product.name, size, [product], one, phase)


def _shared_quota(path: str, row: Row, edition: Edition, phase: Phase, funded: set[str]) -> None:
    """One tent for several products, on each of its days."""
    known = {product.slug: product for product in edition.products.all()}
    given = set(required(row, "products", path)) - funded
    products = [one_of(known, slug, f"{path}.products") for slug in given]
    size = read(int, required(row, "size_per_day", path), f"{path}.size_per_day")
    for one in _days(path, row, edition):
        _quota(edition, Text(translated(row, "name", path)["name"]), size, products, one, phase)


def _quota(edition: Edition, name: Text, size: int, products: list[Product], day: Day | None, phase: Phase) -> None:
    if day is not None:
        name = Text({code: f"{words} · {_spoken(day, code)}" for code, words in name.as_dict().items()})
    same = edition.quotas.filter(day=day, occurrence=None)
    quota = next((one for one in same if one.name == name), None) or Quota(edition=edition, day=day, name=name)
    quota.size = size
    stocking.save_quota(quota=quota, products=products, actor=IMPORTER, now=phase.opens)


def _places(data: Row) -> dict[str, Row]:
    """Return for each part of the week what its tickets print as place: the name of the venue and its address."""
    venues = {row["id"]: row for _path, row in rows(data, "venues")}
    found = {}
    for path, row in rows(data, "sections"):
        venue = one_of(venues, row.get("venue"), f"{path}.venue")
        found[row["id"]] = {code: f"{name}, {venue['address']}" for code, name in venue["name"].items()}
    return found


def _door(edition: Edition) -> None:
    for slug, names in GATES.items():
        Gate.objects.update_or_create(edition=edition, slug=slug, defaults={"name": names})
    admissions = Product.objects.filter(edition=edition, kind=Product.Kind.ADMISSION)
    for one in edition.days.prefetch_related("hours__section"):
        section = one.sections[0]
        names = {code: f"{_named(section, code)} · {_spoken(one, code)}" for code, _name in settings.LANGUAGES}
        listed, _created = CheckinList.objects.update_or_create(
            edition=edition, slug=f"{section.slug}-{one.date}", defaults={"day": one, "name": names}
        )
        listed.products.set(admissions.filter(days=one))
    for slug, (names, opened_by) in ZONES.items():
        zone = Zone.objects.filter(edition=edition, slug=slug).first() or Zone(edition=edition, slug=slug)
        zone.name = names
        zone.full_clean()
        zone.save()
        zone.products.set(admissions.filter(slug__in=opened_by))
        CheckinList.objects.update_or_create(
            edition=edition, slug=f"zone-{slug}", defaults={"zone": zone, "name": names, "reentry": "free"}
        )
    practice, _created = CheckinList.objects.update_or_create(
        edition=edition, slug="practice", defaults={"day": None, "name": PRACTICE, "is_practice": True}
    )
    practice.products.set(admissions)


def _named(section: Section, language: str) -> str:
    with override(language):
        return str(section.name)


def _spoken(one: Day, language: str) -> str:
    return str(typography.short_date(one.date, language)).replace("<sup>", "").replace("</sup>", "")


def _attendees(edition: Edition, report: Callable[[str], None]) -> None:
    village = Product.objects.select_related("edition").prefetch_related("prices", "days")
    product = village.get(edition=edition, slug="village-jour")
    days = {one.date.isoformat(): one for one in product.days.all()}
    report("Attendees to try the door with:")
    for name, email, date in ATTENDEES:
        wish = placing.Wish(
            product=product,
            day=days[date],
            places=1,
            buyer=placing.Buyer(name, email, "fr"),
            form_token=uuid.uuid5(FORMS, email),
        )
        order = placing.register_free(wish=wish, now=product.sale_opens + timedelta(days=1))
        with override("fr"):
            address = reverse("tickets-order", args=[order.code, order.secret])
        code = tokens.spell_short_code(Ticket.objects.get(order=order).short_code)
        report(f"  {code}  {name}, {date}: {address}")
