"""Forms of the pot: what can be asked for, and what the organiser lets it give."""

import uuid

import pytest

from tests.factories.tickets import NOW, PriceFactory, ProductFactory
from tickets.catalogue.pot_offer import pot_offer
from tickets.models import Pot
from tickets.solidarity.forms import AskForm, PotForm, RefuseForm

pytestmark = pytest.mark.django_db


class Form(PotForm):
    """The form as the screen makes it."""

    class Meta:
        model = Pot
        fields = ["prices", "edition"]


def typed(pot, **changes):
    which = f"{pot.prices.get().pk}-0"
    values = {"form_token": str(uuid.uuid4()), "which": which, "name": "Ada", "email": "a@example.org", "places": "2"}
    return values | changes


def test_the_only_ticket_need_not_be_chosen(pot):
    form = AskForm(pot_offer(NOW), typed(pot))

    assert form.is_valid(), form.errors
    assert form.fields["which"].widget.is_hidden
    assert form.chosen().price == pot.prices.get().pk


@pytest.mark.parametrize("changes", [{"which": "0-0"}, {"places": "3"}, {"places": "-1"}, {"word": "x" * 1001}])
def test_nothing_else_can_be_asked_for(pot, changes):
    assert list(AskForm(pot_offer(NOW), typed(pot, **changes)).errors) == list(changes)


def test_a_refusal_needs_a_sentence():
    assert not RefuseForm({"reason": " "}).is_valid()
    assert RefuseForm({"reason": "Complet."}).is_valid()


def test_the_pot_gives_fixed_prices_of_tickets_one_of_each_product(pot, fest, box):
    ProductFactory(slug="presse", requires_approval=True, edition=fest.edition)
    PriceFactory(product=fest, slug="bis", cents=7000)
    offered = list(Form(instance=pot).fields["prices"].queryset.values_list("slug", flat=True))
    assert sorted(offered) == ["bis", "juste", "petit"]

    both = list(fest.prices.filter(slug__in=["petit", "bis"]).values_list("pk", flat=True))
    assert list(Form({"prices": both, "edition": pot.edition_id}, instance=pot).errors) == ["prices"]
    assert Form({"prices": both[:1], "edition": pot.edition_id}, instance=pot).is_valid()
