"""A press pass that needs approval and a file, for one place only, and somebody who asks for it."""

import uuid

import pytest

from festival.core.audit import Actor
from tests.factories.tickets import NOW, PriceFactory, ProductFactory, QuotaFactory
from tests.tickets.buying.conftest import basket, fest, item  # noqa: F401 -- a fixture
from tests.tickets.uploads.conftest import PDF, kept  # noqa: F401 -- for the tests
from tickets.approvals import applying
from tickets.approvals.applying import Application
from tickets.models import Approval, Price, Product
from tickets.orders.placing import Buyer

OFFICE = Actor.system("office")


@pytest.fixture
def press(fest):  # noqa: F811
    """Free, named, with a document, in a quota of two."""
    product = ProductFactory(
        slug="presse",
        admission="all_days",
        name={"fr": "Accréditation presse", "en": "Press accreditation"},
        named=True,
        requires_approval=True,
        file_asked="required",
        max_per_order=2,
        days=fest.days.all(),
    )
    Product.objects.filter(pk=product.pk).update(sale_closes=fest.sale_closes)
    QuotaFactory(products=[product], size=2)
    return product


@pytest.fixture
def paid_press(press):
    """The same for 20 euros."""
    Price.objects.filter(product=press).delete()
    PriceFactory(product=press, cents=2000, vat_rate=550)
    return press


def card(name="carte.pdf"):
    """Return the key of a file that was kept."""
    return kept(name).key


def apply(product, *, number=1, file=None, code="", count=1, email="zoe@example.org", now=NOW, **more):
    """Let somebody ask for it, and return their request."""
    wanted = basket(item(product, "prix", count=count), form_token=uuid.UUID(int=number), code=code, asks_approval=True)
    application = Application(wanted, Buyer("Zoé Ünal", email, "fr"), "Journaliste", file)
    order = applying.apply(wanted=application, now=now, admit=lambda: None, **more)
    return Approval.objects.select_related("order__edition").get(order=order)
