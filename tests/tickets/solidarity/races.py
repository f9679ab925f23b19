"""People who want the last money of the pot at once, and the careless counting that proves that it would be noticed."""

from wagtail.models import Locale, Page

from tests.factories.tickets import PaymentSettingsFactory, PriceFactory, ProductFactory
from tests.racing import abreast, at_once
from tests.tickets.solidarity.conftest import ask, wish
from tickets.catalogue import pot as pots
from tickets.catalogue.pot import PotTooLow
from tickets.models import Pot, Product


def pot_and_box():
    """Return a pot that gives a pass for 60 euros, and the product by which one gives.

    The pass is in no quota, whose counter would let them go one after the other.
    """
    fest = ProductFactory(slug="pass-fest", admission="all_days", free=False)
    price = PriceFactory(product=fest, slug="petit", cents=6000)
    box = ProductFactory(slug="billet-suspendu", kind="donation", admission="all_days", days=[], free=False)
    PriceFactory(product=box, slug="libre", cents=200, max_cents=50000)
    Product.objects.update(sale_closes=fest.sale_closes)
    locale = Locale.objects.get_or_create(language_code="fr")[0]
    page = Page.objects.filter(slug="cgv").first() or Page.add_root(
        instance=Page(title="CGV", slug="cgv", locale=locale)
    )
    PaymentSettingsFactory(edition=fest.edition, terms=False, terms_page=page)
    pot = Pot.objects.create(edition=fest.edition)
    pot.prices.set([price])
    return pot, box


def careless_take(edition_id, cents):
    """Read, decide, write: what a beginner writes. Nothing keeps two requests from reading the same balance."""
    pot = Pot.objects.get(edition=edition_id)
    if pot.balance_cents < cents:
        raise PotTooLow(left=pot.balance_cents)
    abreast()
    pot.balance_cents -= cents
    pot.save(update_fields=["balance_cents"])


def rush(pot, *, people, take=pots.take_out):
    """Let `people` ask for one ticket each at once; return their requests."""
    wanted = [wish(pot, email=f"{number}@example.org") for number in range(people)]
    return at_once(people, lambda number: ask(wanted[number], take=take))
