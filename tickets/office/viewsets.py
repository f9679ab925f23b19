"""The shop's and the door's screens in one menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from tickets.approvals.viewsets import ApprovalViewSet
from tickets.fees.viewsets import FeeViewSet
from tickets.office.catalogue_viewsets import ProductViewSet, QuotaViewSet
from tickets.office.door_viewsets import door_viewsets
from tickets.office.order_viewsets import OrderViewSet
from tickets.office.payment_viewsets import PaymentSettingsViewSet
from tickets.office.ticket_viewsets import TicketViewSet
from tickets.office.waiting_viewsets import WaitingViewSet
from tickets.questions.viewsets import AnswerViewSet, QuestionViewSet
from tickets.solidarity.viewsets import pot_viewsets
from tickets.statements.views import StatementViewSet
from tickets.vouchers.viewsets import VoucherUseViewSet, VoucherViewSet
from tickets.waitingroom.viewsets import WaitingRoomViewSet


class TicketsViewSetGroup(ModelViewSetGroup):
    """The shop and the door in one menu."""

    items = (
        ProductViewSet,
        QuotaViewSet,
        FeeViewSet,
        VoucherViewSet,
        VoucherUseViewSet,
        PaymentSettingsViewSet,
        QuestionViewSet,
        AnswerViewSet,
        WaitingRoomViewSet,
        OrderViewSet,
        TicketViewSet,
        ApprovalViewSet,
        StatementViewSet,
        WaitingViewSet,
        *pot_viewsets,
        *door_viewsets,
    )
    menu_label = _("Tickets")
    menu_icon = "tag"
    menu_order = 300
