"""Registration only."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from tickets.door.viewsets import door_policies
from tickets.office.order_viewsets import record_policies
from tickets.office.viewsets import TicketsViewSetGroup

for model, policy in (record_policies | door_policies).items():
    register_permission_policy(model, policy)


@hooks.register("register_admin_viewset")
def tickets_screens() -> TicketsViewSetGroup:
    """Show the shop and the door in the admin menu."""
    return TicketsViewSetGroup()
