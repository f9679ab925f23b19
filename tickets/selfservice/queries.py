"""Finding guests by their secrets."""

from django.utils.crypto import constant_time_compare

from tickets.models import Guest


def guest_by_secret(secret: str) -> Guest | None:
    """Return the guest of a link with their order and lines, None for a wrong one."""
    related = Guest.objects.select_related("order__edition__payment_settings__terms_page__locale")
    lines = ("lines__product__section", "lines__day__edition", "lines__day__hours", "lines__occurrence__session")
    guest = related.filter(secret=secret).prefetch_related(*lines).first()
    if guest is None or not constant_time_compare(secret, guest.secret):
        return None
    for line in guest.lines.all():
        line.order, line.guest = guest.order, guest
    return guest
