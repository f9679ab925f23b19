"""Loads the solidarity pot: what it gives, and the gifts of invented people, so that a ticket can be asked for."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from festival.core.audit import IMPORTER
from festival.core.writing import writing
from festival.importing.faults import one_of, read, required, rows, translated
from festival.models import Edition
from tickets.buying import detailing, holding
from tickets.buying.basket import Basket, Item
from tickets.buying.detailing import Details
from tickets.models import Order, Pot, Price, Product
from tickets.orders.placing import Buyer
from tickets.payments import settling

Row = dict[str, Any]
GIFTS = uuid.uuid5(uuid.NAMESPACE_URL, "https://joursc.example.org/caisse/")


def load(data: Row, report: Callable[[str], None]) -> None:
    """Create or update the pot of the edition of `data`; products and ways to pay come before."""
    edition = Edition.objects.select_related("payment_settings__terms_page").get(number=data["edition"]["year"])
    shop = required(data, "ticketing", "file")
    for path, fund in rows(shop, "funds"):
        given = [row for _path, row in rows(shop, "tickets") if row.get("funded_by") == fund["id"]]
        _pot(f"ticketing.{path}", fund, given, edition)
        box = [row["id"] for _path, row in rows(shop, "addons") if row.get("fund") == fund["id"]]
        for gift in fund.get("gifts") or () if box else ():
            _gift(gift, Product.objects.get(edition=edition, slug=box[0]), edition)
        pot = Pot.objects.get(edition=edition)
        report(f"Solidarity pot: {pot.balance_cents // 100} euros, {pot.prices.count()} kind of ticket.")


@writing(public=True)
def _pot(path: str, fund: Row, given: list[Row], edition: Edition) -> None:
    """A ticket that the pot gives is one of another product, at the price that the fund names."""
    values: Row = translated(fund, "name", path) | {"automatic_per_day": fund.get("automatic_per_day", 2)}
    for row in given:
        values |= {"description": row["description"], "most_per_request": row.get("max_per_order") or 2}
    pot, _created = Pot.objects.update_or_create(edition=edition, defaults=values)
    known = {product.slug: product for product in edition.products.all()}
    prices = []
    for row in given:
        product = one_of(known, row.get("badge_as"), f"{path}.badge_as")
        cents = read(int, required(fund, "unit_cents", path), f"{path}.unit_cents")
        prices.append(Price.objects.get(product=product, cents=cents, max_cents=None))
    pot.prices.set(prices)


def _gift(row: Row, product: Product, edition: Edition) -> None:
    """Let somebody invented give, as visitors do; once, however often the week is loaded."""
    found = Product.objects.select_related("edition__payment_settings__terms_page").prefetch_related("prices", "days")
    product = found.get(pk=product.pk)
    now = product.sale_opens + timedelta(days=1)
    cents = row["cents"]
    price = next(one for one in product.prices.all() if one.cents <= cents <= (one.max_cents or one.cents))
    token = uuid.uuid5(GIFTS, row["email"])
    order = holding.hold(
        basket=Basket(edition=edition, items=[Item(product, price, cents, 1)], form_token=token, language="fr"), now=now
    )
    if order.state == Order.State.HELD:
        detailing.give_details(order=order, details=Details(Buyer(row["name"], row["email"], "fr")), now=now)
        settling.receive(
            order=order, way="transfer", amount_cents=cents, reference="", key=token, now=now, actor=IMPORTER
        )
