"""Orders, payments and refunds, driven by Hypothesis through whatever can happen to them, in any order.

Buyers buy, pay, pay twice, close the page; events come late, doubled, in another order or never; money comes by
transfer, too much, too little, too late, twice; the periodic job runs or not; the process ends between two steps. In
the end everything comes to rest, and what was charged is what is kept, to the cent.
"""

import datetime as dt
import uuid
from collections import Counter

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule

from festival.core.audit import Actor
from festival.demo.stripe_server.books import Refused
from festival.models import AuditEntry, OutgoingMail
from tests.factories.tickets import NOW
from tests.tickets.buying.conftest import basket
from tests.tickets.failpoints import POINTS, Killed
from tickets.buying import detailing, holding
from tickets.buying.detailing import Details
from tickets.delivery import issuing
from tickets.exceptions import HoldOver, NotCancellable, SoldOut, TotalChanged, WayNotOffered
from tickets.models import MoneyState, Order, Payment, ProviderEvent, Refund, Ticket
from tickets.orders import cancelling, expiring, queries as order_queries
from tickets.orders.placing import Buyer
from tickets.payments import paying, refunding, settling
from tickets.payments.faults import ProviderFailed, ReferenceUsed, RefundTooHigh
from tickets.stripe import handling, receiving, reconciling
from tickets.vouchers import reserving
from tickets.vouchers.faults import VoucherRefused

OFFICE = Actor.system("office")
JOBS = {
    "expire": expiring.expire_due,
    "reconcile": reconciling.reconcile,
    "close": paying.close_pages,
    "refund": refunding.send_due,
    "remind": paying.remind_due,
    "let go": reserving.let_go,
}
# What a person is told in a sentence, and whatever a service that cannot be reached leads to.
REFUSALS = (
    HoldOver,
    NotCancellable,
    ProviderFailed,
    ReferenceUsed,
    RefundTooHigh,
    Refused,
    SoldOut,
    TotalChanged,
    VoucherRefused,
    WayNotOffered,
)
START = NOW - dt.timedelta(days=40)
LAST = NOW + dt.timedelta(days=4)  # the Fest is on


class MoneyMachine(RuleBasedStateMachine):
    """One run. `shop` and `points` are given by the test: what is sold, and where the process can end."""

    shop: dict[str, object]
    points: object

    orders = Bundle("orders")

    @initialize()
    def open(self):
        """Begin with nothing sold, in a transaction that is taken back at the end."""
        self.run = transaction.atomic()
        self.run.__enter__()
        self.now = START
        self.server = self.shop["server"]
        for rows in (self.server.sessions, self.server.intents, self.server.refunds, self.server.answers):
            rows.clear()
        self.server.now = lambda: self.now.timestamp()
        self.shop["clock"].now = lambda: self.now
        self.events = []
        self.server.tell = self.events.append
        self.came = Counter()  # cents by hand, of each order
        self.keys = []
        self.points.armed = ""
        self.is_open = True

    def teardown(self):
        """Let everything come to rest, and count."""
        if not getattr(self, "is_open", False):
            return
        try:
            self._rest()
            self._count()
        finally:
            transaction.set_rollback(True)
            self.run.__exit__(None, None, None)

    def attempt(self, action, *args, **options):
        """Do it as a person or a job would: it is refused, or the process ends, and either is the end of it."""
        try:
            return action(*args, **options)
        except (*REFUSALS, Killed):
            return None

    @rule(
        target=orders,
        passes=st.integers(0, 3),
        lunches=st.integers(0, 2),
        duos=st.sampled_from([0, 0, 1]),
        code=st.sampled_from(["", "", "TIERS", "CINQ"]),
        paid=st.sampled_from(["no", "begun", "paid", "heard"]),
    )
    def buy(self, passes, lunches, duos, code, paid):
        """Hold a basket and say who buys it; often go on to the page and pay there, heard by the site or not."""
        items = [self.shop["pass"](passes)] * (passes > 0) + [self.shop["lunch"](lunches)] * (lunches > 0)
        items += [self.shop["duo"](duos)] * (duos > 0)
        if not items:
            items = [self.shop["pass"](1)]
        chosen = basket(*items, form_token=uuid.uuid4(), code=code)
        order = self.attempt(holding.hold, basket=chosen, now=self.now)
        if order is None:
            return 0
        lines = [(line, f"Personne {number}") for number, line in enumerate(order.lines.live())]
        buyer = Buyer("Camille Durand", "camille@example.org", "fr")
        self.attempt(detailing.give_details, order=order, details=Details(buyer, lines), now=self.now)
        if paid != "no":
            self.order_and_pay(order.pk, "stripe")
        page = Payment.objects.filter(order=order).exclude(reference="").last()
        if page and paid in {"paid", "heard"}:
            self.attempt(self.server.pay, page.reference)
        if page and paid == "heard":
            self.deliver(len(self.events) - 1, 1)
            self.handle(0)
        return order.pk

    @rule(order=orders, way=st.sampled_from(["stripe", "stripe", "transfer", "onsite"]))
    def order_and_pay(self, order, way):
        """Order it, or ask again for the page."""
        if found := self._order(order):
            self.attempt(
                paying.order_and_pay,
                order=found,
                way=way,
                total_cents=found.total_cents,
                terms=self.shop["terms"],
                return_url="https://example.org/fr/commande/A/b/",
                now=self.now,
            )

    @rule(which=st.integers(0, 9), how=st.sampled_from(["pay", "pay", "pay", "later", "refuse", "arrive", "bounce"]))
    def on_the_page(self, which, how):
        """Do something on one of the pages that are open at the service, or with money that takes days."""
        known = Payment.objects.exclude(reference="").filter(provider="stripe").order_by("pk")
        if not (sessions := list(known.values_list("reference", flat=True))):
            return  # nobody has the address of a page that was not stored
        pk = sessions[which % len(sessions)]
        steps = {
            "pay": lambda: self.server.pay(pk),
            "later": lambda: self.server.pay(pk, later=True),
            "refuse": lambda: self.server.refuse(pk),
            "arrive": lambda: self._arrive(pk, succeeds=True),
            "bounce": lambda: self._arrive(pk, succeeds=False),
        }
        self.attempt(steps[how])

    @rule(which=st.integers(0, 99), copies=st.integers(1, 3))
    def deliver(self, which, copies):
        """Bring one of the events that were made, whichever, once more."""
        if self.events:
            for _copy in range(copies):
                self.attempt(receiving.receive, self.events[which % len(self.events)], now=self.now)

    @rule(which=st.integers(0, 99))
    def handle(self, which):
        """Work on one of the events that wait."""
        if waiting := list(ProviderEvent.objects.filter(handled_at=None).values_list("pk", flat=True)):
            self.attempt(handling.handle, waiting[which % len(waiting)], now=self.now)

    @rule(job=st.sampled_from(sorted(JOBS)))
    def tick(self, job):
        """Run a job."""
        self.attempt(JOBS[job], self.now)

    @rule(minutes=st.sampled_from([1, 1, 5, 5, 11, 11, 25, 50, 60 * 24, 60 * 24 * 4]))
    def wait(self, minutes):
        """Let time pass, at most until the Fest is on."""
        if self.now + dt.timedelta(minutes=minutes) < LAST:
            self.now += dt.timedelta(minutes=minutes)

    @rule(order=orders, part=st.sampled_from([1, 1, 1, 2, 3]), more=st.integers(0, 3), again=st.booleans())
    def transfer(self, order, part, more, again):
        """Let money come by transfer: the whole or a part, a little too much; the line of a statement maybe again."""
        found = self._order(order)
        if found is None or not found.email:
            return
        cents = max(1, found.total_cents // part) + more * 100
        key = self.keys[-1] if again and self.keys and self.keys[-1][0] == order else (order, uuid.uuid4())
        outcome = self.attempt(
            settling.receive,
            order=found,
            way="transfer",
            amount_cents=cents,
            reference="",
            key=key[1],
            now=self.now,
            actor=OFFICE,
        )
        if key not in self.keys and (outcome or Payment.objects.filter(key=key[1], state="confirmed").exists()):
            self.keys.append(key)
            self.came[order] += Payment.objects.get(key=key[1]).amount_cents

    @rule(order=orders, which=st.integers(0, 3), how=st.sampled_from(["ticket", "order", "office"]))
    def give_back(self, order, which, how):
        """Give back a ticket or all of them; or the office does it for the buyer."""
        if (found := self._order(order)) is None:
            return
        if how == "office":
            chosen = [line.pk for line in found.lines.live()[which : which + 1]]
            cents = sum(line.cents for line in order_queries.lines_with_belongings(found, chosen))
            self.attempt(cancelling.refund, order=found, lines=chosen, cents=cents, actor=OFFICE, now=self.now)
            return
        tickets = list(Ticket.objects.filter(line__order=found, state="valid"))
        only = tickets[which % len(tickets)] if how == "ticket" and tickets else None
        self.attempt(cancelling.cancel, order=found, actor=OFFICE, now=self.now, only=only, even_used=False)

    @rule(name=st.sampled_from(sorted(POINTS)))
    def arm(self, name):
        """Let the process end at this point, when it next passes by."""
        self.points.armed = name

    @rule(name=st.sampled_from([name for name in POINTS if "refund" in name or "page" in name]))
    def tick_and_die(self, name):
        """Run the jobs until the process ends at this point, if it passes by."""
        self.points.armed = name
        for job in JOBS.values():
            self.attempt(job, self.now)
        self.points.armed = ""

    def _order(self, pk):
        return Order.objects.select_related("edition__payment_settings").filter(pk=pk).first()

    def _arrive(self, pk, *, succeeds):
        session = self.server.sessions[pk]
        if session["status"] == "complete" and self.server.intents[session["payment_intent"]]["status"] == "processing":
            self.server.arrive(pk, succeeds=succeeds)

    def _rest(self):
        """Let everything that is on its way arrive: money, events, and the jobs until nothing changes any more."""
        self.points.armed = ""
        for pk in list(self.server.sessions):
            self._arrive(pk, succeeds=True)
        for _round in range(3):
            for job in JOBS.values():
                self.attempt(job, self.now)
            for event in ProviderEvent.objects.filter(handled_at=None):
                self.attempt(handling.handle, event.pk, now=self.now)
            self.now = max(self.now, LAST) + dt.timedelta(days=10)  # who pays at the desk may do so until the Fest
        assert not ProviderEvent.objects.filter(handled_at=None).exists()

    def _count(self):
        for order in Order.objects.all():
            self._count_order(order)
        assert Payment.objects.filter(state=MoneyState.PENDING, provider="stripe").count() == 0
        assert Refund.objects.filter(provider="stripe", state__in=["created", "pending"]).count() == 0
        faults = self.shop["fsck"]()
        assert faults == []

    def _count_order(self, order):
        intents = [row for row in self.server.intents.values() if row["metadata"]["order"] == order.code]
        charged = sum(row["amount"] for row in intents if row["status"] == "succeeded")
        mine = {row["id"] for row in intents}
        returned = sum(row["amount"] for row in self.server.refunds.values() if row["payment_intent"] in mine)
        by_hand = Refund.objects.filter(order=order, state__in=Refund.OWED).exclude(provider="stripe")
        given = sum(refund.amount_cents for refund in by_hand)
        is_paid = order.state == Order.State.PAID
        is_sold = is_paid or order.state == Order.State.CANCELLED  # of which a fee may be kept
        kept = charged - returned + self.came[order.pk] - given
        assert kept == (order.total_cents if is_sold else 0), (
            order.state,
            charged,
            returned,
            self.came[order.pk],
            given,
        )
        admissions = order.lines.live().filter(kind="admission").count()
        valid = Ticket.objects.filter(line__order=order, state="valid").count()
        assert valid == (admissions if is_paid else 0)
        mails = OutgoingMail.objects.about(order).filter(kind=issuing.ORDER_MAIL).count()
        assert mails == AuditEntry.objects.filter(verb="order.paid", subject_id=str(order.pk)).count()
        assert mails <= 1
