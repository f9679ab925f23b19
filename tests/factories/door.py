"""A door that is ready to scan: list, gate, phone, person, key."""

import uuid
from dataclasses import dataclass

from tests.factories.tickets import NOW, CheckinListFactory, DeviceFactory, ProductFactory, TicketFactory
from tickets.delivery import signing
from tickets.door import checkin, undoing
from tickets.door.verdicts import Direction
from tickets.models import Checkin, CheckinList, Device, Product, Ticket


@dataclass
class Door:
    """The list of 2 May, which lets the Village day in, and a phone of the door team in front of it."""

    product: Product
    list: CheckinList
    phone: Device

    def ticket(self, **fields) -> Ticket:
        """Return a paid ticket for the list's day."""
        return TicketFactory(**{"product": self.product, "day": self.list.day} | fields)

    def scan(self, code, *, scan_id=None, now=NOW, phone=None, source=Checkin.Source.CAMERA, direction="in", **changes):
        """Scan a code with a fresh id."""
        phone = phone or self.phone
        kept = {name: changes.pop(name) for name in ("is_kept", "gate_id") if name in changes}
        scan = checkin.Scan(scan_id or uuid.uuid4(), code, Checkin.Source(source), Direction(direction), **kept)
        arguments = {"scan": scan, "device_id": phone.pk, "list_id": self.list.pk, "user": phone.user, "now": now}
        return checkin.redeem(**arguments | changes)

    def undo(self, scan, *, undo_id=None, now=NOW, phone=None, **changes):
        """Take a scan back with the phone."""
        phone = phone or self.phone
        arguments = {"undo_id": undo_id or uuid.uuid4(), "scan_id": scan.pk, "device_id": phone.pk}
        arguments |= {"list_id": self.list.pk, "user": phone.user, "now": now}
        return undoing.undo_at_door(**arguments | changes)

    def change_list(self, **fields):
        """Change the list's rules."""
        for name, value in fields.items():
            setattr(self.list, name, value)
        self.list.save()

    def another_phone(self, name="Téléphone 2", **fields):
        """Return a second phone on the same list."""
        return DeviceFactory(name=name, list=self.list, **fields)


def open_door() -> Door:
    """Return a door with everything in place."""
    product = ProductFactory()
    checkin_list = CheckinListFactory(edition=product.edition, products=[product])
    return Door(product, checkin_list, DeviceFactory(list=checkin_list))


def token(ticket: Ticket) -> str:
    """Return the text in the QR code of a ticket as it is now in the database."""
    related = ("edition", "line__order", "line__day", "line__product")
    return signing.tokens_for([Ticket.objects.select_related(*related).get(pk=ticket.pk)])[0]
