"""What the groups of the team may do with the shop and at the door."""

from festival.roles import ALL, DOOR, MODERATORS, READ, TICKET_OFFICE, Rights

_CATALOGUE: Rights = {
    f"tickets.{model}": ALL
    for model in ("product", "price", "quota", "fee", "voucher", "question", "pot", "waitingroom")
}
_DOOR: Rights = {f"tickets.{model}": ALL for model in ("gate", "zone", "checkinlist", "device")}
_BOOKS: Rights = {
    f"tickets.{model}": READ
    for model in (
        "order",
        "orderline",
        "ticket",
        "transfer",
        "refundrequest",
        "ordernote",
        "waitingentry",
        "payment",
        "refund",
        "ledgertransaction",
        "ledgerentry",
        "voucheruse",
        "potrequest",
        "approval",
        "invoice",
        "checkin",
        "guest",
    )
}

ROLES: dict[str, Rights] = {
    MODERATORS: _CATALOGUE,
    TICKET_OFFICE: {
        **_CATALOGUE,
        **_DOOR,
        **_BOOKS,
        "tickets.paymentsettings": READ,
        "tickets.order": (*READ, "cancel"),
        "tickets.payment": (*READ, "confirm", "refund"),
        "tickets.approval": (*READ, "decide"),
        "tickets.potrequest": (*READ, "decide"),
        "tickets.checkin": (*READ, "undo_scan"),
        "tickets.answer": (*READ, "change", "see_health"),
    },
    DOOR: {"tickets.checkin": ("scan",)},
}
