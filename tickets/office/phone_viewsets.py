"""Admin screens of the phones: renamed, withdrawn by a button, allowed again by another."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_filters import ModelChoiceFilter
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.views import generic

from festival.cms.columns import MomentColumn, PlannedViewSet
from festival.cms.editions import EditionFilterSet
from festival.cms.recorded import EditionIndexView, actor_of
from festival.models import Edition
from festival.time import clock
from tickets.door import devices
from tickets.models import Device


class DeviceFilterSet(EditionFilterSet):
    """The phones that check lists of the edition that is worked on, and those that check none yet."""

    list__edition = ModelChoiceFilter(queryset=Edition.objects.all(), method="of_edition")

    def of_edition(self, phones: QuerySet[Device], _name: str, edition: Edition) -> QuerySet[Device]:
        """Return those phones."""
        return phones.filter(Q(list__edition=edition) | Q(list=None))


class DeviceIndexView(EditionIndexView):
    """Phones with what they check."""

    base_filterset_class = DeviceFilterSet


class DeviceEditView(generic.EditView):
    """Renames a phone; a button withdraws it, or allows it again."""

    template_name = "tickets/office/phone.html"

    def save_instance(self) -> Device:
        """Save by the action."""
        device: Device = self.form.save(commit=False)
        devices.change_device(device=device, actor=actor_of(self.request), now=clock.now())
        return device

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add where the button posts to."""
        name = "door-phones:allow" if self.object.revoked_at else "door-phones:withdraw"
        return super().get_context_data(button_address=reverse(name, args=[self.object.pk]), **kwargs)


def _button(act: Callable[..., Device], sentence: Any) -> Callable[[HttpRequest, str], HttpResponse]:
    @require_POST
    @permission_required("tickets.change_device", raise_exception=True)
    def pressed(request: HttpRequest, pk: str) -> HttpResponse:
        device = get_object_or_404(Device, pk=pk)
        act(device_id=device.pk, actor=actor_of(request), now=clock.now())
        messages.success(request, sentence % {"phone": device.name})
        return redirect("door-phones:edit", device.pk)

    return pressed


class DeviceViewSet(PlannedViewSet):
    """The phones of the door team, by the edition whose list they check."""

    model = Device
    index_view_class = DeviceIndexView
    list_select_related = ("user", "list", "gate")
    edit_view_class = DeviceEditView
    name = "door-phones"
    icon = "mobile-alt"
    menu_label = gettext_lazy("Door phones")
    list_display = [
        "name",
        "user",
        "list",
        "gate",
        MomentColumn("created_at", label=gettext_lazy("First used")),
        MomentColumn("revoked_at", label=gettext_lazy("Withdrawn")),
    ]
    list_filter = ["list__edition", "gate", "list"]
    search_fields = ["name", "user__email"]
    panels = [
        FieldPanel("name"),
        FieldPanel("finds_by_name"),
        HelpPanel(
            gettext_lazy(
                "Lost a phone? Withdraw it: its next scan is refused and it is signed out. Found again? Allow it, and "
                "somebody signs in on it and sets it up anew."
            )
        ),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the addresses of the two buttons."""
        withdrawn = gettext_lazy("“%(phone)s” is withdrawn. Nothing can be scanned with it any more.")
        allowed = gettext_lazy("“%(phone)s” may be set up again: sign in on it at /scan/.")
        return [
            *super().get_urlpatterns(),
            path("withdraw/<uuid:pk>/", _button(devices.withdraw, withdrawn), name="withdraw"),
            path("allow/<uuid:pk>/", _button(devices.allow_again, allowed), name="allow"),
        ]
