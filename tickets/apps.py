"""The tickets app."""

from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """See `docs/explanation/layers.md` for its rooms."""

    name = "tickets"

    def ready(self) -> None:
        """Register the system checks, and the ways to pay that call a service."""
        from tickets.orders import checks  # noqa: F401, PLC0415 -- app registry
        from tickets.payments import providers  # noqa: PLC0415
        from tickets.stripe.checkout import StripeCheckout  # noqa: PLC0415

        providers.register(StripeCheckout())
