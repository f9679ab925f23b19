"""A pot that gives the pass at its lowest price, and somebody's gift in it."""

import uuid

import pytest

from festival.core.audit import Actor
from tests.factories.tickets import NOW, PriceFactory, ProductFactory
from tests.tickets.buying.conftest import basket, fest, fetched, item  # noqa: F401 -- a fixture
from tickets.buying import detailing, holding
from tickets.buying.detailing import Details
from tickets.models import Pot, Price, Product
from tickets.orders.placing import Buyer
from tickets.payments import settling
from tickets.solidarity import asking, queries
from tickets.solidarity.asking import Wish

OFFICE = Actor.system("office")


@pytest.fixture
def box(fest):  # noqa: F811
    """The gift of the ticket office: 5 euros, or 2 to 500 of one's own."""
    product = ProductFactory(
        slug="billet-suspendu", kind="donation", admission="all_days", name={"fr": "Offrir"}, days=[], free=False
    )
    Product.objects.filter(pk=product.pk).update(sale_closes=fest.sale_closes)
    PriceFactory(product=product, slug="cinq", cents=500, vat_rate=2000)
    PriceFactory(product=product, slug="libre", cents=200, max_cents=50000, is_default=False)
    return product


@pytest.fixture
def pot(fest, box):  # noqa: F811
    """An empty pot that gives the pass for 60 euros, two a person and day by itself."""
    found = Pot.objects.create(edition=fest.edition, name={"fr": "Caisse solidaire"})
    found.prices.set([Price.objects.get(product=fest, slug="petit")])
    return found


def give(box, cents, *, number=1, extra=()):
    """Let somebody give so many cents, with `extra` items in the same basket, and return the paid order."""
    order = holding.hold(
        basket=basket(item(box, "libre", cents=cents), *extra, form_token=uuid.UUID(int=number)), now=NOW
    )
    detailing.give_details(order=order, details=Details(Buyer("Maëlle", "maelle@example.org", "fr")), now=NOW)
    order.refresh_from_db()
    settling.receive(
        order=order,
        way="transfer",
        amount_cents=order.total_cents,
        reference="",
        key=uuid.uuid4(),
        now=NOW,
        actor=OFFICE,
    )
    order.refresh_from_db()
    return order


def wish(pot, **changes):
    """Return what somebody asks for: one pass."""
    values = {
        "price": queries.price_of_pot(pot.prices.get().pk),
        "day": None,
        "places": 1,
        "name": "Ada Personne",
        "email": "ada@example.org",
        "language": "fr",
        "word": "",
        "form_token": uuid.UUID(int=7),
    }
    return Wish(**(values | changes))


def ask(wanted, *, automatic=True, now=NOW, **more):
    """Ask without limits."""
    return asking.ask(wish=wanted, now=now, admit=lambda: None, is_automatic=lambda: automatic, **more)
