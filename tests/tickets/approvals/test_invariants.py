"""What fsck says of approvals that were falsified."""

import pytest

from tests.factories.tickets import NOW
from tests.tickets.approvals.conftest import OFFICE, apply
from tickets.approvals import deciding, invariants
from tickets.models import Approval, Order

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


def refuse(approval):
    deciding.refuse(approval=approval, reason="Non.", actor=OFFICE, now=NOW)


@pytest.mark.parametrize(
    ("falsify", "said"),
    [
        (lambda approval: approval.delete(), "nobody asked for it"),
        (lambda _a: Approval.objects.update(is_accepted=True, decided_at=NOW), "and it was decided"),
        (lambda _a: Order.objects.update(awaits_approval=False), "nothing was decided"),
        (lambda a: (refuse(a), Order.objects.update(state="expired", expires_at=NOW)), "is not cancelled"),
        (lambda _a: Order.objects.update(awaits_approval=False, state="paid"), "went on without its approval"),
    ],
)
def test_whatever_was_falsified_is_said(press, falsify, said):
    approval = apply(press)
    assert invariants.violations() == []

    falsify(approval)

    assert any(said in line for line in invariants.violations())
