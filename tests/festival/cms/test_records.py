import pytest
from wagtail.permissions import policy_registry

from awards.models import Assignment, Call, Entry, Juror, Rubric
from festival.models import AuditEntry, OutgoingMail
from tests.factories.festival import UserFactory
from tickets.models import Checkin, Device, Order, Ticket

pytestmark = pytest.mark.django_db
ACTIONS = {"view", "add", "change", "delete"}


@pytest.mark.parametrize(
    ("models", "refused"),
    [
        ((AuditEntry, OutgoingMail, Order, Ticket, Checkin), {"add", "change", "delete"}),
        ((Device,), {"add", "delete"}),
        ((Call, Entry, Juror, Rubric), {"delete"}),
        ((Assignment,), {"change"}),
    ],
)
def test_what_a_table_allows_to_nobody_is_refused_to_a_superuser_too(models, refused):
    everything, nothing = UserFactory(is_staff=True, is_superuser=True), UserFactory(is_staff=True)
    for model in models:
        policy = policy_registry.get_by_type(model)

        assert {action for action in ACTIONS if not policy.user_has_permission(everything, action)} == refused
        assert not policy.user_has_any_permission(everything, refused)
        assert policy.user_has_any_permission(everything, ACTIONS)
        assert not policy.user_has_any_permission(nothing, ACTIONS)
