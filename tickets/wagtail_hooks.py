"""Registration only."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from program.models import Session
from tickets.approvals.viewsets import approval_policies
from tickets.office import places_screen
from tickets.office.door_viewsets import door_policies
from tickets.office.ticket_viewsets import record_policies
from tickets.office.viewsets import TicketsViewSetGroup
from tickets.office.waiting_viewsets import waiting_policies
from tickets.questions.viewsets import answer_policies
from tickets.solidarity.viewsets import pot_policies
from tickets.vouchers.viewsets import voucher_policies

for model, policy in (
    record_policies
    | door_policies
    | waiting_policies
    | voucher_policies
    | pot_policies
    | approval_policies
    | answer_policies
).items():
    register_permission_policy(model, policy)


@hooks.register("register_admin_viewset")
def tickets_screens() -> TicketsViewSetGroup:
    """Show the shop and the door in the admin menu."""
    return TicketsViewSetGroup()


@hooks.register("register_admin_urls")
def places_address() -> list[URLPattern]:
    """Add the screen that opens a session for booking."""
    return [path("sessions/<int:pk>/places/", places_screen.places, name="session-places")]


@hooks.register("register_snippet_listing_buttons")
def places_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Lead there from the list of sessions."""
    if isinstance(snippet, Session) and user.has_perm(places_screen.CHANGE):
        address = reverse("session-places", args=[snippet.pk])
        yield Button(_("Places to book"), url=address, icon_name="group", priority=25)
