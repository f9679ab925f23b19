"""What is sold, what was bought, and who came in."""

from tickets.models.catalogue import Price, Product, Quota
from tickets.models.door import Checkin, CheckinList, Device, Gate
from tickets.models.orders import Order, Position, Series
from tickets.models.signing import SigningKey

__all__ = [
    "Checkin",
    "CheckinList",
    "Device",
    "Gate",
    "Order",
    "Position",
    "Price",
    "Product",
    "Quota",
    "Series",
    "SigningKey",
]
