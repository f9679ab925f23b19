"""What can go wrong in the shop and at the door: one class per fact, each with a stable `code`.

The message is for logs; views choose the sentence that people read by `code`.
"""


class TicketError(Exception):
    """The base of every error that this app raises on purpose."""

    code = "ticket_error"


class MalformedCode(TicketError):
    """The text is neither a ticket token nor a short code of ours."""

    code = "malformed_code"


class KeySecretMissing(TicketError):
    """`TICKET_KEY_SECRET` is not set, or does not open the stored key."""

    code = "key_secret_missing"


class SaleError(TicketError):
    """An order cannot be placed; the base of what follows."""

    code = "sale_error"


class SoldOut(SaleError):
    """Fewer places are left than were asked for. `left` says how many there still were, 0 when none."""

    code = "sold_out"

    def __init__(self, *, left: int = 0) -> None:
        super().__init__(f"{left} places left")
        self.left = left


class SaleNotOpen(SaleError):
    """The sale of the product has not begun."""

    code = "sale_not_open"


class SaleClosed(SaleError):
    """The sale of the product is over."""

    code = "sale_closed"


class DayPassed(SaleError):
    """The doors of the chosen day have closed already."""

    code = "day_passed"


class DayNotOffered(SaleError):
    """The product is not valid on the chosen day, or it needs a day and none was chosen."""

    code = "day_not_offered"


class TooManyPlaces(SaleError):
    """More places than one order may hold."""

    code = "too_many_places"


class NotFree(SaleError):
    """The product costs money; free registration does not sell it."""

    code = "not_free"


class DoorError(TicketError):
    """A scan cannot be judged; the base of what follows. Nothing was written."""

    code = "door_error"


class DeviceUnknown(DoorError):
    """This phone is not set up, or was set up by somebody else."""

    code = "device_unknown"


class DeviceRevoked(DoorError):
    """This phone was withdrawn by the organisers."""

    code = "device_revoked"


class ListChanged(DoorError):
    """The phone was moved to another list after the page was opened."""

    code = "list_changed"


class ScanIdReused(DoorError):
    """The same scan id came before with another code, list or phone."""

    code = "scan_id_reused"
