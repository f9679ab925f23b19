"""Registration only."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from tickets.door.viewsets import door_policies
from tickets.models import Order, Position
from tickets.office.viewsets import RecordPolicy, TicketsViewSetGroup

register_permission_policy(Order, RecordPolicy(Order))
register_permission_policy(Position, RecordPolicy(Position))
for model, policy in door_policies.items():
    register_permission_policy(model, policy(model))


@hooks.register("register_admin_viewset")
def tickets_screens() -> TicketsViewSetGroup:
    """Show the shop and the door in the admin menu."""
    return TicketsViewSetGroup()
