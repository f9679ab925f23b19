"""How the ticket office is laid out: who can be registered at once, what is for sale, what is on request."""

from collections.abc import Sequence
from dataclasses import dataclass

from tickets.catalogue.pot_offer import PotOffer
from tickets.catalogue.pricing import SaleState
from tickets.catalogue.queries import Offer
from tickets.models import Product
from tickets.orders.forms import BasketForm, RegistrationForm
from tickets.payments.queries import is_selling


@dataclass(frozen=True, slots=True)
class Office:
    """The page's parts; `forms` are bound when something was posted."""

    forms: tuple[RegistrationForm, ...]
    passes: tuple[Offer, ...]
    on_request: tuple[Offer, ...]
    addons: tuple[Offer, ...]
    basket: BasketForm | None = None
    pot: PotOffer | None = None

    @property
    def has_errors(self) -> bool:
        """Whether a posted form has something to mend."""
        return bool(self.basket and self.basket.is_bound and self.basket.errors) or any(
            form.errors for form in self.forms if form.is_bound
        )

    @property
    def takes_registrations(self) -> bool:
        """Whether a ticket can be had at once."""
        return any(form.offer.is_open for form in self.forms)

    @property
    def is_over(self) -> bool:
        """Whether everything that was on offer has closed."""
        offers = [*(form.offer for form in self.forms), *self.passes, *self.on_request, *self.addons]
        offers += self.basket.offers.values() if self.basket else []
        return bool(offers) and all(offer.state is SaleState.CLOSED for offer in offers)

    @property
    def has_offers(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.forms or self.passes or self.on_request or self.addons or (self.basket and self.basket.offers))


def build_office(
    offers: Sequence[Offer], posted: RegistrationForm | None = None, *, basket: BasketForm | None = None
) -> Office:
    """Sort the offers; the form that was posted stays as it was typed.

    What has a price is in the basket as soon as there is a way to pay it; what is not can be asked for.
    """
    if basket is None and is_selling():
        basket = BasketForm(offers)
    if basket is not None:
        basket.renew(offers)
    in_basket = basket.offers if basket else {}
    admissions = [offer for offer in offers if offer.product.is_admission]
    if posted:
        posted.focus_first_error()
        posted.offer = next((offer for offer in offers if offer.product.pk == posted.offer.product.pk), posted.offer)
    return Office(
        forms=tuple(
            posted if posted and posted.offer.product.pk == offer.product.pk else RegistrationForm(offer)
            for offer in admissions
            if offer.product.is_registration
        ),
        passes=tuple(
            offer
            for offer in admissions
            if not offer.product.is_free and not offer.product.requires_approval and offer.product.slug not in in_basket
        ),
        on_request=tuple(offer for offer in admissions if offer.product.requires_approval),
        addons=tuple(
            offer
            for offer in offers
            if offer.product.kind != Product.Kind.ADMISSION and offer.product.slug not in in_basket
        ),
        basket=basket,
    )
