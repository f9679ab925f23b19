"""What is read of what needs approval."""

import pytest

from tests.factories.tickets import NOW
from tests.tickets.approvals.conftest import OFFICE, apply
from tickets.approvals import deciding, queries
from tickets.models import Approval, Product
from tickets.orders import cancelling

pytestmark = pytest.mark.django_db


def fresh(approval):
    return Approval.objects.select_related("order").prefetch_related("order__lines").get(pk=approval.pk)


def test_only_what_is_listed_and_needs_approval_can_be_asked_for(press, fest):
    assert queries.product_to_ask_for("presse") == press
    assert queries.product_to_ask_for("pass-fest") is None
    Product.objects.update(is_listed=False)
    assert queries.product_to_ask_for("presse") is None


def test_where_each_stands(press):
    press.quotas.update(size=9)
    first, second, third, fourth = (apply(press, number=number) for number in range(4))
    deciding.accept(approval=first, actor=OFFICE, now=NOW)
    deciding.refuse(approval=second, reason="Non.", actor=OFFICE, now=NOW)
    cancelling.cancel(order=third.order, actor=OFFICE, now=NOW)

    found = [queries.standing(fresh(one)) for one in (first, second, third, fourth)]

    assert found == ["accepted", "refused", "over", "waiting"]
    assert queries.waiting(press.edition_id) == 1
    assert queries.names_of([fresh(first)]) == {first.pk: "Accréditation presse"}
