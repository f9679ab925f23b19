"""What is missing before an edition can sell; said in the CMS, by `check` and, as far as it is a fault, by `fsck`."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Q
from django.utils.translation import gettext_noop

from festival.models import Edition
from tickets.delivery import signing
from tickets.exceptions import KeySecretMissing
from tickets.models import Product
from tickets.payments import providers, queries as payment_queries


class Missing(StrEnum):
    """What can be missing; the sentences are English, screens translate them."""

    KEY = gettext_noop("No key signs these tickets yet: run “manage.py make_signing_key --edition %(edition)s”.")
    SECRET = gettext_noop("The key that signs the tickets does not open: TICKET_KEY_SECRET is missing or another one.")
    PRICE = gettext_noop("A product has no price yet, not even 0: %(product)s.")
    WAY = gettext_noop("Products have a price, and there is no way to pay them yet: they are not on sale.")
    TERMS = gettext_noop("Products have a price, and no terms of sale are chosen: they are not on sale.")
    CURRENCY = gettext_noop(
        "A product is priced in another currency than its edition, and not on sale: %(product)s. Save it once more; "
        "one that was sold keeps its currency."
    )
    DAYS = gettext_noop("An admission is valid on no day: %(product)s.")


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing, and the names that its sentence has: the product's, the edition's number."""

    what: Missing
    names: dict[str, str]

    def __str__(self) -> str:
        return self.what.value % self.names


def gaps(edition: Edition) -> list[Gap]:
    """Return what is missing before the edition's listed products can be had; nothing when none is listed."""
    listed = Product.objects.listed().filter(edition=edition)
    if not listed.exists():
        return []
    without_days = listed.filter(kind=Product.Kind.ADMISSION, days=None).exclude(admission=Product.Admission.OCCURRENCE)
    odd = listed.filter(Q(prices=None) | ~Q(currency=edition.currency)).annotate(priced=Count("prices"))
    return [
        *key_gaps(edition),
        *_paying_gaps(edition),
        *(Gap(Missing.PRICE, {"product": str(product)}) for product in odd if not product.priced),
        *(Gap(Missing.CURRENCY, {"product": str(product)}) for product in odd if product.currency != edition.currency),
        *(Gap(Missing.DAYS, {"product": str(product)}) for product in without_days),
    ]


def _paying_gaps(edition: Edition) -> list[Gap]:
    """Return what is missing for selling what has a price."""
    priced = Product.objects.listed().filter(edition=edition, requires_approval=False, prices__cents__gt=0)
    if not priced.exists():
        return []
    found = [] if providers.ready_providers(edition) else [Gap(Missing.WAY, {})]
    return found if payment_queries.terms_of(edition) else [*found, Gap(Missing.TERMS, {})]


def key_gaps(edition: Edition) -> list[Gap]:
    """Return what is missing for signing the edition's tickets."""
    try:
        signing.signing_pair(edition.pk)
    except KeySecretMissing:
        missing = Missing.SECRET if signing.current_key(edition.pk) else Missing.KEY
        return [Gap(missing, {"edition": str(edition.number)})]
    return []
