"""Background work of the shop."""

from django.tasks import task

from festival.time import clock
from tickets.delivery import mail
from tickets.delivery import queries as delivery_queries
from tickets.delivery.printed_tickets import papers
from tickets.models import Order


@task(backend="outbox")
def send_order_mail(order_pk: int) -> None:
    """Send the tickets of an order, once: an order that has its mail is left alone, so a repeated task does nothing."""
    order = Order.objects.select_related("edition").get(pk=order_pk)
    if order.mailed_at is not None:
        return
    mail.order_mail(order, papers(delivery_queries.positions_of(order))).send()
    Order.objects.filter(pk=order_pk, mailed_at=None).update(mailed_at=clock.now())
