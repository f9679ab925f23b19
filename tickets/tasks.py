"""Background work of the shop."""

from django.tasks import task

from festival import clock
from tickets import mail, queries
from tickets.models import Order
from tickets.papers import papers


@task(backend="outbox")
def send_order_mail(order_pk: int) -> None:
    """Send the tickets of an order, once: an order that has its mail is left alone, so a repeated task does nothing."""
    order = Order.objects.select_related("edition").get(pk=order_pk)
    if order.mailed_at is not None:
        return
    mail.order_mail(order, papers(queries.positions_of(order))).send()
    Order.objects.filter(pk=order_pk, mailed_at=None).update(mailed_at=clock.now())
