"""Products, quotas, orders, lines, tickets, money and the door."""

import datetime as dt
import uuid

import factory
from factory.django import DjangoModelFactory

from festival.core import series
from festival.core.writing import writing
from festival.models import HomePage, StandardPage
from festival.typed.mail_addresses import mail_identity
from tests.factories.festival import (
    DayFactory,
    EditionFactory,
    HomePageFactory,
    SectionFactory,
    StandardPageFactory,
    UserFactory,
)
from tickets.catalogue import stock
from tickets.delivery import signing, tokens
from tickets.models import (
    CheckinList,
    Device,
    Fee,
    Gate,
    Invoice,
    LedgerEntry,
    LedgerTransaction,
    MoneyState,
    Order,
    OrderLine,
    Payment,
    PaymentSettings,
    Price,
    Product,
    Quota,
    Refund,
    SaleAlert,
    StatementFile,
    StatementLine,
    Ticket,
    Voucher,
    WaitingRoom,
    Zone,
)
from tickets.payments import posting
from tickets.vouchers import rules


def next_number(kind, **scope):
    """Return the next number of a series."""
    with writing(public=False):
        return series.take(kind, **scope)[0]


NOW = dt.datetime(2027, 5, 2, 9, 30, tzinfo=dt.UTC)  # 11:30 in Paris


class ProductFactory(DjangoModelFactory):
    """A free Village day on 2 and 3 May; `days=` gives other ones, `free=False` leaves out the price of 0 euros.

    Its edition gets a signing key, unless `key=False`.
    """

    class Meta:
        model = Product
        django_get_or_create = ["edition", "slug"]
        skip_postgeneration_save = True

    edition = factory.SubFactory(EditionFactory)
    section = factory.SubFactory(SectionFactory, edition=factory.SelfAttribute("..edition"))
    slug = "village-jour"
    number = factory.Sequence(lambda n: n % 255 + 1)
    admission = Product.Admission.ONE_DAY
    name = {"fr": "Entrée Village (gratuite)", "en": "Village entry (free)"}
    place = {"fr": "Halle des Sources, 75015 Paris", "en": "Sources Hall, 75015 Paris"}
    sale_opens = dt.datetime(2027, 1, 12, 9, tzinfo=dt.UTC)
    sale_closes = dt.datetime(2027, 5, 4, 15, tzinfo=dt.UTC)

    @factory.post_generation
    def days(self, create, extracted, **kwargs):
        if create:
            default = [DayFactory(edition=self.edition, date=dt.date(2027, 5, day)) for day in (2, 3)]
            self.days.set(default if extracted is None else extracted)

    @factory.post_generation
    def free(self, create, extracted, **kwargs):
        if create and extracted is not False:
            PriceFactory(product=self)

    @factory.post_generation
    def key(self, create, extracted, **kwargs):
        if create and extracted is not False:
            signing_key(self.edition)


class PriceFactory(DjangoModelFactory):
    """Free of charge."""

    class Meta:
        model = Price
        django_get_or_create = ["product", "slug"]

    product = factory.SubFactory(ProductFactory, free=False)
    slug = "prix"
    cents = 0
    is_default = True


class QuotaFactory(DjangoModelFactory):
    """Ten places of the product `village-jour`, or of `products`, of which as many are taken as its lines use."""

    class Meta:
        model = Quota
        skip_postgeneration_save = True

    edition = factory.SubFactory(EditionFactory)
    name = {"fr": "Places", "en": "Places"}
    size = 10

    @factory.post_generation
    def products(self, create, extracted, **kwargs):
        if create:
            self.products.set([ProductFactory(edition=self.edition)] if extracted is None else extracted)
            self.taken = stock.recount(self)
            self.save()


class OrderFactory(DjangoModelFactory):
    """An order that is paid, without lines."""

    class Meta:
        model = Order

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence(lambda n: f"K{n:05}")
    secret = factory.Sequence(lambda n: f"{n:043}")
    form_key = factory.LazyFunction(uuid.uuid4)
    state = Order.State.PAID
    expires_at = factory.LazyAttribute(lambda order: NOW if order.state in Order.STATES_TIMED else None)
    name = "Camille Dupont-N’Guessan"
    email = "camille@example.org"
    language = "fr"
    created_at = NOW


class LineFactory(DjangoModelFactory):
    """A line for one day, as in a sale: the order's total grows by it, its quotas count it unless `counted=False`."""

    class Meta:
        model = OrderLine
        skip_postgeneration_save = True

    order = factory.SubFactory(OrderFactory)
    kind = OrderLine.Kind.ADMISSION
    product = factory.SubFactory(ProductFactory, edition=factory.SelfAttribute("..order.edition"))
    product_name = factory.LazyAttribute(lambda line: line.product.name)
    cents = 0
    day = factory.LazyAttribute(lambda line: line.product.days.first() if line.product.admission == "one_day" else None)

    @factory.post_generation
    def counted(self, create, extracted, **kwargs):
        if create and self.cancelled_at is None:
            self.order.total_cents += self.cents
            self.order.save()
            if extracted is not False:
                recount(self.product)
            keep_ledger(self.order)


class TicketFactory(DjangoModelFactory):
    """A ticket with its line; `order`, `product`, `day`, `price`, `cents`, `cancelled_at`… are given to the line."""

    class Meta:
        model = Ticket

    edition = factory.LazyAttribute(lambda ticket: ticket.line.order.edition)
    number = factory.LazyAttribute(lambda ticket: next_number(Ticket.SERIES, edition=ticket.edition))
    short_code = factory.LazyAttribute(lambda ticket: tokens.short_code(uuid.uuid4().int % tokens.SHORT_CODES))
    order = factory.LazyAttribute(lambda ticket: ticket.line.order)
    holder = factory.LazyAttribute(lambda ticket: ticket.order.name)
    state = factory.LazyAttribute(
        lambda ticket: Ticket.State.CANCELLED if ticket.line.cancelled_at else Ticket.State.VALID
    )

    @classmethod
    def _generate(cls, strategy, params):
        own = {"edition", "number", "short_code", "holder", "state", "line", "issue"}
        of_line = {key: value for key, value in params.items() if key.split("__")[0] not in own}
        params = {key: value for key, value in params.items() if key not in of_line}
        if "line" not in params:
            params["line"] = LineFactory(**of_line)
        return super()._generate(strategy, params)


class SaleAlertFactory(DjangoModelFactory):
    """Somebody who asked to be told when the sale opens, and has not confirmed it."""

    class Meta:
        model = SaleAlert

    product = factory.SubFactory(ProductFactory)
    email = "camille@example.org"
    mailbox = factory.LazyAttribute(lambda alert: mail_identity(alert.email))
    language = "fr"
    secret = factory.Sequence(lambda n: f"{n:043}")
    created_at = NOW


class PaymentSettingsFactory(DjangoModelFactory):
    """An edition that takes transfers and money on site, on terms of sale that are published unless `terms=False`."""

    class Meta:
        model = PaymentSettings
        django_get_or_create = ["edition"]
        skip_postgeneration_save = True

    edition = factory.SubFactory(EditionFactory)
    account_holder = "Association L’âge des communs"
    iban = "FR1420041010050500013M02606"
    takes_onsite = True
    onsite_help = {"fr": "Espèces, carte ou chèque, à l’accueil", "en": "Cash, card or cheque, at the reception"}

    @factory.post_generation
    def terms(self, create, extracted, **kwargs):
        if create and extracted is not False:
            self.terms_page = terms_page()
            self.save()


class FeeFactory(DjangoModelFactory):
    """A booking fee of 1.50 euros for each place, with 20 % of tax, which goes back."""

    class Meta:
        model = Fee

    edition = factory.SubFactory(EditionFactory)
    name = {"fr": "Frais de réservation", "en": "Booking fee"}
    cents = 150
    vat_rate = 2000


class PaymentFactory(DjangoModelFactory):
    """A bank transfer of 55 euros that has arrived."""

    class Meta:
        model = Payment
        skip_postgeneration_save = True

    order = factory.SubFactory(OrderFactory)
    provider = "transfer"
    amount_cents = 5500
    state = "confirmed"
    created_at = NOW
    confirmed_at = factory.LazyAttribute(lambda money: NOW if money.state == "confirmed" else None)

    @factory.post_generation
    def booked(self, create, extracted, **kwargs):
        if create:
            keep_ledger(self.order)


class RefundFactory(PaymentFactory):
    """All of a payment, sent back."""

    class Meta:
        model = Refund

    payment = factory.SubFactory(PaymentFactory)
    order = factory.SelfAttribute("payment.order")


class StatementLineFactory(DjangoModelFactory):
    """A credit of 110 euros that nobody decided about."""

    class Meta:
        model = StatementLine

    file = factory.LazyFunction(lambda: StatementFile.objects.create(name="mai.xml", digest="0" * 64, imported_at=NOW))
    fingerprint = factory.Sequence(lambda n: f"{n:064}")
    line = factory.Sequence(lambda n: n + 1)
    booked_on = NOW.date()
    amount_cents = 11000
    currency = "EUR"
    text = "K7M4QX2V"
    counterparty = "MME MARIE EXEMPLE"


class InvoiceFactory(DjangoModelFactory):
    """An invoice over 55 euros without tax."""

    class Meta:
        model = Invoice

    order = factory.SubFactory(OrderFactory)
    kind = Invoice.Kind.INVOICE
    year = 2027
    number = factory.LazyAttribute(lambda invoice: next_number(f"{invoice.kind}s".replace("_", "-"), year=invoice.year))
    lines = factory.LazyFunction(list)
    net_cents = 5500
    vat_cents = 0
    total_cents = factory.LazyAttribute(lambda invoice: invoice.net_cents + invoice.vat_cents)
    currency = "EUR"
    issued_at = NOW


class VoucherFactory(DjangoModelFactory):
    """A code that takes off 20 %, for everything, without an end; `products=` says for which."""

    class Meta:
        model = Voucher
        skip_postgeneration_save = True

    edition = factory.SubFactory(EditionFactory)
    code = "AMAP27"
    folded = factory.LazyAttribute(lambda voucher: rules.fold(voucher.code))
    label = {"fr": "Réseau des Amap", "en": "CSA network"}
    effect = "percent"
    value = 2000

    @factory.post_generation
    def products(self, create, extracted, **kwargs):
        if create and extracted:
            self.products.set(extracted)


class WaitingRoomFactory(DjangoModelFactory):
    """On, two at once, without an opening hour."""

    class Meta:
        model = WaitingRoom

    edition = factory.SubFactory(EditionFactory)
    is_on = True
    most_inside = 2


class GateFactory(DjangoModelFactory):
    """The north gate."""

    class Meta:
        model = Gate
        django_get_or_create = ["edition", "slug"]

    edition = factory.SubFactory(EditionFactory)
    slug = "nord"
    name = {"fr": "Entrée nord", "en": "North gate"}


class ZoneFactory(DjangoModelFactory):
    """Backstage; `products=` says what opens it."""

    class Meta:
        model = Zone
        django_get_or_create = ["edition", "slug"]
        skip_postgeneration_save = True

    edition = factory.SubFactory(EditionFactory)
    slug = "coulisses"
    name = {"fr": "Coulisses", "en": "Backstage"}
    number = 3

    @factory.post_generation
    def products(self, create, extracted, **kwargs):
        """Say what opens it."""
        if create and extracted:
            self.products.set(extracted)


class CheckinListFactory(DjangoModelFactory):
    """The list of 2 May; `products=` says which are let in."""

    class Meta:
        model = CheckinList
        django_get_or_create = ["edition", "slug"]
        skip_postgeneration_save = True

    edition = factory.SubFactory(EditionFactory)
    day = factory.SubFactory(DayFactory, edition=factory.SelfAttribute("..edition"))
    slug = factory.LazyAttribute(lambda row: f"village-{row.day.date}" if row.day else "village")
    name = {"fr": "Village", "en": "Village"}

    @factory.post_generation
    def products(self, create, extracted, **kwargs):
        if create and extracted:
            self.products.set(extracted)


class DeviceFactory(DjangoModelFactory):
    """A phone of the door team."""

    class Meta:
        model = Device

    name = "Téléphone 1"
    user = factory.SubFactory(UserFactory)
    gate = factory.SubFactory(GateFactory)
    created_at = NOW


def signing_key(edition):
    """Return the edition's signing key, made when there is none."""
    return signing.ensure_key(edition=edition, now=NOW)


def cancel(ticket):
    """Call off a ticket as an action would: its line, its place, its part of the order's total."""
    line, order = ticket.line, ticket.line.order
    line.cancelled_at, ticket.state = NOW, Ticket.State.CANCELLED
    line.save()
    ticket.save()
    order.total_cents -= line.cents
    order.save()
    recount(line.product)
    keep_ledger(order)


def keep_ledger(order):
    """Write the ledger of an order anew, so that it agrees with its rows."""
    LedgerEntry.objects.filter(transaction__order=order).delete()
    LedgerTransaction.objects.filter(order=order).delete()
    with writing(public=False):
        if order.state in {Order.State.PAID, Order.State.CANCELLED}:
            posting.sale(order, order.lines.live(), now=NOW)
        for paid in Payment.objects.filter(order=order, state=MoneyState.CONFIRMED):
            posting.payment(paid, now=NOW)
        for refund in Refund.objects.filter(order=order, state__in=Refund.OWED):
            posting.refund(refund, posting.REFUND_BEGUN, now=NOW)
            if refund.state == MoneyState.CONFIRMED:
                posting.refund(refund, posting.REFUND_DONE, now=NOW)


def terms_page():
    """Return a published page of terms of sale."""
    if found := StandardPage.objects.filter(slug="cgv").first():
        return found
    home = HomePage.objects.first() or HomePageFactory()
    return StandardPageFactory(parent=home, title="Conditions générales de vente", slug="cgv", last_published_at=NOW)


def recount(product):
    """Set the counters of a product's quotas to what its lines use."""
    for quota in Quota.objects.filter(products=product):
        quota.taken = stock.recount(quota)
        quota.save()
