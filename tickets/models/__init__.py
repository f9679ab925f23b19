"""What is sold, what was bought, and who came in."""

from tickets.models.afterwards import OrderNote, RefundRequest, TicketSearch, Transfer, Visit
from tickets.models.catalogue import OTHER_EDITION, Price, Product, RefundStep, all_of_edition
from tickets.models.door import Checkin, CheckinList, Device, SigningKey
from tickets.models.ledger import Invoice, LedgerEntry, LedgerTransaction
from tickets.models.orders import Order, OrderLine, Ticket
from tickets.models.payments import Fee, MoneyState, Payment, PaymentSettings, Provider, ProviderEvent, Refund
from tickets.models.places import Gate, Zone
from tickets.models.questions import Answer, Guest, Question, QuestionOption
from tickets.models.quotas import Quota
from tickets.models.requests import Approval, Pot, PotRequest, SentFile
from tickets.models.sets import SetPart
from tickets.models.statements import StatementFile, StatementLine
from tickets.models.vouchers import Reserve, Voucher, VoucherUse
from tickets.models.waiting import SaleAlert, WaitingEntry, WaitingPlace, WaitingRoom

__all__ = [
    "OTHER_EDITION",
    "Answer",
    "Approval",
    "Checkin",
    "CheckinList",
    "Device",
    "Fee",
    "Gate",
    "Guest",
    "Invoice",
    "LedgerEntry",
    "LedgerTransaction",
    "MoneyState",
    "Order",
    "OrderLine",
    "OrderNote",
    "Payment",
    "PaymentSettings",
    "Pot",
    "PotRequest",
    "Price",
    "Product",
    "Provider",
    "ProviderEvent",
    "Question",
    "QuestionOption",
    "Quota",
    "Refund",
    "RefundRequest",
    "RefundStep",
    "Reserve",
    "SaleAlert",
    "SentFile",
    "SetPart",
    "SigningKey",
    "StatementFile",
    "StatementLine",
    "Ticket",
    "TicketSearch",
    "Transfer",
    "Visit",
    "Voucher",
    "VoucherUse",
    "WaitingEntry",
    "WaitingPlace",
    "WaitingRoom",
    "Zone",
    "all_of_edition",
]
