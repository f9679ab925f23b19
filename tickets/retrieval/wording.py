"""How an order stands, for whoever looks for it, in a sentence."""

from django.utils.translation import gettext as _

from festival.text import typography
from tickets.models import Order


def standing(order: Order) -> str:
    """Return what is to be known of an order besides its code; nothing when its tickets are simply good."""
    if order.state == Order.State.HELD and order.awaits_approval:
        return _("Being looked at: a mail says what is decided.")
    if order.state == Order.State.HELD and order.expires_at:
        end = typography.local(order.expires_at)
        told = {"time": typography.clock_time(end), "day": typography.plain_short_date(end.date())}
        if order.is_basket:
            return _("Not ordered yet: the places are kept until %(time)s on %(day)s.") % told
        return (
            _(
                "Not confirmed yet: the places are kept until %(time)s on %(day)s, open the link in the mail of this "
                "order."
            )
            % told
        )
    if order.state == Order.State.EXPIRED and order.is_basket:
        return _("Not paid in time: its places went back.")
    return {
        Order.State.PENDING.value: _("Waiting for its payment."),
        Order.State.EXPIRED.value: _("Not confirmed in time: its places went back."),
        Order.State.CANCELLED.value: _("Cancelled: its tickets open no door any more."),
    }.get(order.state, "")
