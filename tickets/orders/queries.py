"""Orders and their tickets, as their pages, papers and mails show them."""

from django.utils.crypto import constant_time_compare

from tickets.models import Order


def order_by_secret(code: str, secret: str) -> Order | None:
    """Return the order if the secret of its address is right; compared in constant time."""
    order = Order.objects.select_related("edition").filter(code=code).first()
    expected = order.secret if order else "-" * len(secret)
    return order if constant_time_compare(secret, expected) and order else None
