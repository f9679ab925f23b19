"""What somebody chooses to add to an order: how many more, for which day, in which name."""

import uuid
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from festival.typed.forms import NameField
from tickets.catalogue.queries import Offer
from tickets.models import Order
from tickets.orders.forms import RegistrationForm


class MorePlacesForm(RegistrationForm):
    """More of a free product, for whoever the order is of: nobody types an address twice."""

    def __init__(self, offer: Offer, order: Order, left: int, **kwargs: Any) -> None:
        """Offer at most `left` places, from 1; one at a time of what carries a name, which is asked for then."""
        super().__init__(offer, **kwargs)
        del self.fields["email"]
        places = cast("forms.ChoiceField", self.fields["places"])
        most = min(left, offer.product.max_per_order)
        places.choices = [(number, number) for number in range(1, most + 1)]
        places.help_text = ""
        if not offer.product.is_named:
            del self.fields["name"]
        else:
            del self.fields["places"]
            self.fields["name"] = NameField(
                label=_("First name and surname"),
                error_messages={"required": _("The name is missing: it stands on the ticket.")},
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
        self.initial.update(form_token=uuid.uuid4(), product=offer.product.slug)
