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


class SessionNotOffered(SaleError):
    """The product is not for this session of the programme, or it needs one and none was chosen."""

    code = "session_not_offered"


class NotFree(SaleError):
    """The product costs money; free registration does not sell it."""

    code = "not_free"


class NotReady(SaleError):
    """Something is missing for selling, such as the key that tickets are signed with. Nothing was taken."""

    code = "not_ready"


class HoldOver(SaleError):
    """The time to confirm held places is over, and they cannot be had any more like this."""

    code = "hold_over"


class TicketRefused(SaleError):
    """A place is for those with a ticket that opens the session. `why` is unknown, void, other_part or other_day."""

    code = "ticket_refused"

    def __init__(self, *, why: str) -> None:
        super().__init__(why)
        self.why = why


class BookedAlready(SaleError):
    """The ticket has its place in this session already."""

    code = "booked_already"


class PlacesFree(SaleError):
    """Nobody waits for a session that has free places."""

    code = "places_free"


class NoWaitingList(SaleError):
    """The session keeps no waiting list."""

    code = "no_waiting_list"


class ServedAlready(TicketError):
    """The entry of a waiting list does not wait any more: it was offered a place, or was left."""

    code = "served_already"


class NotChangeable(TicketError):
    """A ticket or an order stays as it is; nothing was written. `why` is a value of `catalogue.terms.Refusal`."""

    code = "not_changeable"

    def __init__(self, *, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotCancellable(NotChangeable):
    """An order, or a ticket of it, is not cancelled."""

    code = "not_cancellable"


class BasketEmpty(SaleError):
    """Nothing was chosen."""

    code = "basket_empty"


class PriceNotOffered(SaleError):
    """The price is not one of the product's, or the amount is outside of what may be chosen."""

    code = "price_not_offered"


class TotalChanged(SaleError):
    """The total that the buyer saw is not that of the order any more. Nothing was ordered."""

    code = "total_changed"


class TermsNotAccepted(SaleError):
    """The terms of sale were not agreed to, or another version of them."""

    code = "terms_not_accepted"


class WayNotOffered(SaleError):
    """The order cannot be paid like this, or not any more."""

    code = "way_not_offered"


class DetailsMissing(SaleError):
    """The order has no name and address yet."""

    code = "details_missing"


class StockError(TicketError):
    """A quota or a product cannot be changed like this; the base of what follows. Nothing was changed."""

    code = "stock_error"


class SizeBelowTaken(StockError):
    """A quota would have fewer places than are taken, and kept by codes. `taken` and `kept` say how many."""

    code = "size_below_taken"

    def __init__(self, *, quota: str, taken: int, kept: int = 0) -> None:
        super().__init__(f"{taken} places of {quota} are taken, {kept} are kept")
        self.quota = quota
        self.taken = taken
        self.kept = kept


class PlacesInUse(StockError):
    """Places of a quota are taken, so neither it nor its products can go. `taken` says how many."""

    code = "places_in_use"

    def __init__(self, *, name: str, taken: int) -> None:
        super().__init__(f"{taken} places of {name} are taken")
        self.name = name
        self.taken = taken


class SoldAlready(StockError):
    """What stands in sold tickets cannot change. `field` names it, `lines` says on how many order lines it stands."""

    code = "sold_already"

    def __init__(self, *, field: str, lines: int) -> None:
        super().__init__(f"{field} stands on {lines} order lines")
        self.field = field
        self.lines = lines


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


class NotForPractice(DoorError):
    """The list is a real one, so its scans stay."""

    code = "not_for_practice"


class FindNotAllowed(DoorError):
    """The organisers do not let this phone, or its list, find tickets by name."""

    code = "find_not_allowed"


class FindTooOften(DoorError):
    """This phone has searched too often. `minutes` says after how many it may go on."""

    code = "find_too_often"

    def __init__(self, *, minutes: int) -> None:
        super().__init__(f"go on in {minutes} minutes")
        self.minutes = minutes


class UndoError(DoorError):
    """A scan cannot be taken back; the base of what follows."""

    code = "undo_error"


class NothingToUndo(UndoError):
    """This phone has let nobody in or out with that scan."""

    code = "nothing_to_undo"


class UndoneAlready(UndoError):
    """The scan was taken back before."""

    code = "undone_already"


class ScannedSince(UndoError):
    """The ticket was scanned again since, so that the books would no longer add up."""

    code = "scanned_since"


class UndoTooLate(UndoError):
    """More than a minute has passed; the person in charge can still do it."""

    code = "undo_too_late"
