"""The screen of the mails: what went to whom, what failed and why; sent again by a button, never edited."""

from typing import Any

import django_filters
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column

from festival.cms.columns import MomentColumn, PlannedIndexView
from festival.cms.records import RecordInspectView, RecordViewSet
from festival.core import outbox
from festival.core.audit import Actor
from festival.models import Edition, OutgoingMail, User
from festival.text.typography import moment
from festival.time import clock

SEND_AGAIN = "festival.change_outgoingmail"


class OutgoingMailFilterSet(WagtailFilterSet):
    """By state, by kind, by day, by edition."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=OutgoingMail.State.choices)
    kind = django_filters.AllValuesFilter(label=gettext_lazy("Kind"))
    created_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Queued"), widget=DateRangePickerWidget)
    edition = django_filters.ModelChoiceFilter(label=gettext_lazy("Edition"), queryset=Edition.objects.all())

    class Meta:
        model = OutgoingMail
        fields: list[str] = []


class OutgoingMailIndexView(PlannedIndexView):
    """The list, and above it how many were given up, with the button that sends them again."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Count for those who may press the button."""
        may_send = not self.results_only and self.request.user.has_perm(SEND_AGAIN)
        given_up = OutgoingMail.objects.given_up().count() if may_send else 0
        return super().get_context_data(*args, **kwargs) | {"given_up": given_up}


class OutgoingMailInspectView(RecordInspectView):
    """Shows one mail, how it went, and the button."""

    template_name = "festival/cms/mail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the address that the button posts to, for those who may and where it makes sense."""
        may_send = self.request.user.has_perm(SEND_AGAIN) and not self.object.is_waiting
        address = reverse("mails:send_again", args=[self.object.pk]) if may_send else ""
        return super().get_context_data(send_again_address=address, **kwargs)

    def get_field_label(self, field_name: str, field: Any) -> str:
        """Name what is not a column."""
        if field_name == "fact_id":
            return _("About")
        return str(super().get_field_label(field_name, field))

    def get_fact_id_display_value(self) -> str:
        """Return kind and number of the row that the mail is about."""
        return f"{self.object.fact_type} {self.object.fact_id}"

    def get_created_at_display_value(self) -> str:
        """Return the moment in the festival's time zone."""
        return moment(self.object.created_at)

    def get_sent_at_display_value(self) -> str:
        """Return the moment in the festival's time zone, or a dash."""
        return moment(self.object.sent_at) if self.object.sent_at else "–"

    def get_last_error_display_value(self) -> str:
        """Return it, or a dash."""
        return self.object.last_error or "–"

    def get_again_for_display_value(self) -> str:
        """Return a link to the mail that this one repeats, or a dash."""
        if self.object.again_for_id is None:
            return "–"
        address = reverse("mails:inspect", args=[self.object.again_for_id])
        return format_html('<a href="{}">{}</a>', address, self.object.again_for_id)


@require_POST
@permission_required(SEND_AGAIN, raise_exception=True)
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue the mail once more and show the new row."""
    assert isinstance(request.user, User)  # noqa: S101 -- who has a right is signed in
    mail = get_object_or_404(OutgoingMail, pk=pk)
    again = outbox.send_again(mail, now=clock.now(), actor=Actor.of_user(request.user))
    messages.success(request, _("The mail to %(address)s is on its way.") % {"address": again.to})
    return redirect("mails:inspect", again.pk)


@require_POST
@permission_required(SEND_AGAIN, raise_exception=True)
def send_given_up_again(request: HttpRequest) -> HttpResponse:
    """Queue once more what was given up, and show the list."""
    assert isinstance(request.user, User)  # noqa: S101 -- who has a right is signed in
    count = outbox.send_given_up_again(now=clock.now(), actor=Actor.of_user(request.user))
    sentence = ngettext("%(count)d mail is on its way.", "%(count)d mails are on their way.", count)
    messages.success(request, sentence % {"count": count})
    return redirect("mails:index")


class OutgoingMailViewSet(RecordViewSet):
    """Every mail of the site."""

    model = OutgoingMail
    name = "mails"
    icon = "mail"
    menu_label = gettext_lazy("Mails")
    index_view_class = OutgoingMailIndexView
    index_template_name = "festival/cms/mails.html"
    menu_order = 700
    add_to_admin_menu = True
    list_display = [
        "to",
        Column("subject", label=gettext_lazy("Subject"), accessor=lambda mail: mail.subject or mail.kind),
        "state",
        MomentColumn("created_at", label=gettext_lazy("Queued"), sort_key="created_at"),
    ]
    filterset_class = OutgoingMailFilterSet
    search_fields = ["to", "subject", "fact_id", "message_id"]
    list_export = ["id", "kind", "to", "language", "subject", "state", "tries", "last_error", "created_at", "sent_at"]
    export_filename = "mails"
    inspect_view_class = OutgoingMailInspectView
    inspect_view_fields = [
        "to",
        "subject",
        "state",
        "kind",
        "fact_id",
        "edition",
        "language",
        "created_at",
        "sent_at",
        "tries",
        "last_error",
        "message_id",
        "again_for",
    ]
    ordering = "-pk"

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the addresses of the two buttons."""
        return [
            *super().get_urlpatterns(),
            path("send-again/<int:pk>/", send_again, name="send_again"),
            path("send-again/", send_given_up_again, name="send_given_up_again"),
        ]
