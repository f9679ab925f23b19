"""`tickets/checkin.py`: each scan is judged, kept and answered once."""

import datetime as dt
import hashlib
import uuid

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from festival.core.audit import Actor
from tests.factories.door import open_door, token
from tests.factories.festival import DayFactory, EditionFactory, UserFactory
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import (
    NOW,
    CheckinListFactory,
    GateFactory,
    OrderFactory,
    ProductFactory,
    TicketFactory,
    cancel,
    signing_key,
)
from tickets.delivery import signing, tokens
from tickets.door import queries
from tickets.door.invariants import violations
from tickets.door.verdicts import Direction, Verdict
from tickets.exceptions import DeviceRevoked, DeviceUnknown, ListChanged, ScanIdReused
from tickets.models import Checkin, Order

pytestmark = pytest.mark.django_db


@pytest.fixture
def door():
    return open_door()


def test_a_ticket_is_admitted_once_and_then_already_in(door):
    ticket = door.ticket()
    later = door.another_phone(gate=GateFactory(slug="sud", name="Entrée sud"))

    first = door.scan(token(ticket))
    second = door.scan(token(ticket), phone=later, now=NOW + dt.timedelta(minutes=3))

    assert (first.scan.verdict, first.earlier) == (Verdict.ADMITTED, None)
    assert second.scan.verdict == Verdict.ALREADY_IN
    assert (second.earlier, second.earlier.at, second.earlier.gate) == (first.scan, NOW, door.phone.gate)
    assert second.scan.gate == later.gate


def test_the_short_code_admits_like_the_square(door):
    ticket = door.ticket()
    typed = tokens.spell_short_code(ticket.short_code).lower()

    assert door.scan(typed, source=Checkin.Source.TYPED).scan.verdict == Verdict.ADMITTED
    assert door.scan(token(ticket)).scan.verdict == Verdict.ALREADY_IN


def test_every_scan_is_kept_without_its_code(door):
    code = token(door.ticket())

    outcome = door.scan(code)
    door.scan("https://example.org/poster")

    kept = Checkin.objects.get(pk=outcome.scan.pk)
    assert kept.code_sha256 == hashlib.sha256(code.encode()).hexdigest()
    assert (kept.list, kept.device_id, kept.gate) == (door.list, door.phone.pk, door.phone.gate)
    assert (kept.device_name, kept.scanned_by) == (door.phone.name, str(door.phone.user))
    assert (kept.at, kept.received_at) == (NOW, NOW)
    assert sorted(Checkin.objects.values_list("verdict", flat=True)) == ["admitted", "unknown"]


def test_the_same_scan_again_gets_the_same_answer_and_one_row(door):
    code, scan_id = token(door.ticket()), uuid.uuid4()

    first = door.scan(code, scan_id=scan_id)
    again = door.scan(code, scan_id=scan_id, now=NOW + dt.timedelta(seconds=8))

    assert (first.is_repeat, again.is_repeat) == (False, True)
    assert again.scan.verdict == Verdict.ADMITTED
    assert again.scan.at == NOW
    assert again.ticket.ticket == first.ticket.ticket
    assert Checkin.objects.count() == 1


@pytest.mark.unsound  # an order that is not paid has no ticket
def test_a_refused_scan_again_stays_refused_even_if_it_would_pass_now(door):
    ticket = door.ticket(order=OrderFactory(state=Order.State.PENDING))
    code, scan_id = token(ticket), uuid.uuid4()
    door.scan(code, scan_id=scan_id)
    Order.objects.update(state=Order.State.PAID)

    assert door.scan(code, scan_id=scan_id).scan.verdict == Verdict.UNPAID
    assert door.scan(code).scan.verdict == Verdict.ADMITTED


def test_an_already_in_again_still_says_when_and_where(door):
    code, scan_id = token(door.ticket()), uuid.uuid4()
    first = door.scan(code)
    door.scan(code, scan_id=scan_id)

    assert door.scan(code, scan_id=scan_id).earlier == first.scan


@pytest.mark.parametrize("change", ["code", "list", "phone"])
def test_an_id_that_comes_back_with_another_scan_is_refused(door, change):
    scan_id, code = uuid.uuid4(), token(door.ticket())
    door.scan(code, scan_id=scan_id)
    other = {"phone": door.another_phone()} if change == "phone" else {}
    if change == "list":
        elsewhere = CheckinListFactory(edition=door.list.edition, day=door.list.day, slug="ailleurs")
        door.phone.list = elsewhere
        door.phone.save()
        other = {"list_id": elsewhere.pk}

    with pytest.raises(ScanIdReused):
        door.scan("7K3F-9Q2M" if change == "code" else code, scan_id=scan_id, **other)

    assert Checkin.objects.count() == 1


def _wrong_day(door):
    return token(door.ticket(day=DayFactory(edition=door.list.edition, date=dt.date(2027, 5, 3))))


def _wrong_product(door):
    return token(door.ticket(product=ProductFactory(slug="pass-fest")))


def _cancelled_ticket(door):
    return token(door.ticket(cancelled_at=NOW))


def _cancelled_order(door):
    return token(door.ticket(order=OrderFactory(state=Order.State.CANCELLED), cancelled_at=NOW))


def _expired_order(door):
    return token(door.ticket(order=OrderFactory(state=Order.State.EXPIRED), counted=False))


def _unpaid(door):
    return token(door.ticket(order=OrderFactory(state=Order.State.HELD)))


def _replaced(door):
    ticket = door.ticket()
    old = token(ticket)
    ticket.issue = 2
    ticket.save()
    return old


def _forged(door):
    code = token(door.ticket())
    return code[:-4] + ("0000" if code[-4:] != "0000" else "1110")


def _altered(door):
    """A genuine token whose ticket number was raised by one."""
    door.ticket()
    code = token(door.ticket())
    return code[:9] + tokens.ALPHABET[(tokens.ALPHABET.index(code[9]) + 1) % 32] + code[10:]


def _retired_key(door):
    code = token(door.ticket())
    signing.revoke_key(key=signing_key(door.list.edition), actor=Actor.system("test"), now=NOW)
    return code


def _other_edition(door):
    past = EditionFactory(number=2026, is_current=False)
    signing_key(past)
    return token(TicketFactory(order=OrderFactory(edition=past), product=ProductFactory(edition=past, slug="vieux")))


def _short_code_of_other_edition(door):
    past = EditionFactory(number=2026, is_current=False)
    product = ProductFactory(edition=past, slug="vieux")
    return TicketFactory(order=OrderFactory(edition=past), product=product).short_code


def _nobody(door):
    return tokens.short_code(12345)


@pytest.mark.parametrize(
    ("make", "verdict", "names_ticket"),
    [
        (_wrong_day, Verdict.WRONG_DAY, True),
        (_wrong_product, Verdict.WRONG_PRODUCT, True),
        (_cancelled_ticket, Verdict.CANCELLED, True),
        (_cancelled_order, Verdict.CANCELLED, True),
        pytest.param(_expired_order, Verdict.CANCELLED, True, marks=pytest.mark.unsound),
        pytest.param(_unpaid, Verdict.UNPAID, True, marks=pytest.mark.unsound),
        (_replaced, Verdict.REPLACED, True),
        (_forged, Verdict.FORGED, True),
        (_altered, Verdict.FORGED, False),
        pytest.param(_retired_key, Verdict.FORGED, True, marks=pytest.mark.unsound),  # nothing signs any more
        (_other_edition, Verdict.WRONG_EDITION, False),
        (_short_code_of_other_edition, Verdict.WRONG_EDITION, True),
        (_nobody, Verdict.UNKNOWN, False),
        (lambda door: "https://example.org/poster", Verdict.UNKNOWN, False),
        (lambda door: "🎪" * 500, Verdict.UNKNOWN, False),
        (lambda door: "7K3F-9Q2N", Verdict.UNKNOWN, False),
    ],
)
def test_refusals_are_told_apart_kept_and_never_admitted(door, make, verdict, names_ticket):
    outcome = door.scan(make(door))

    assert outcome.scan.verdict == verdict
    assert (outcome.ticket is not None) == names_ticket
    assert Checkin.objects.get().verdict == verdict
    assert violations() == []


def test_a_pass_for_all_days_enters_once_on_each_list(door):
    days = [DayFactory(edition=door.list.edition, date=dt.date(2027, 5, day)) for day in (2, 3)]
    week = ProductFactory(slug="presse", admission="all_days", days=days)
    monday = CheckinListFactory(edition=door.list.edition, day=days[1])
    for checkin_list in (door.list, monday):
        checkin_list.products.add(week)
    code = token(door.ticket(product=week, day=None))

    on_sunday = [door.scan(code).scan.verdict, door.scan(code).scan.verdict]
    door.phone.list = monday
    door.phone.save()
    on_monday = door.scan(code, list_id=monday.pk).scan.verdict

    assert on_sunday == [Verdict.ADMITTED, Verdict.ALREADY_IN]
    assert on_monday == Verdict.ADMITTED


def test_a_thursday_ticket_after_midnight_is_right_on_the_list_of_thursday(door):
    night = dt.datetime(2027, 5, 2, 23, 30, tzinfo=dt.UTC)  # 01:30 on the 3rd in Paris

    assert door.scan(token(door.ticket()), now=night).scan.verdict == Verdict.ADMITTED


def test_a_phone_that_is_not_ready_writes_nothing(door):
    code = token(door.ticket())

    with pytest.raises(DeviceUnknown):
        door.scan(code, device_id=uuid.uuid4())
    with pytest.raises(DeviceUnknown):
        door.scan(code, user=UserFactory())
    with pytest.raises(ListChanged):
        door.scan(code, list_id=door.list.pk + 1)
    door.phone.revoked_at = NOW
    door.phone.save()
    with pytest.raises(DeviceRevoked):
        door.scan(code)

    assert Checkin.objects.count() == 0


@pytest.mark.parametrize("again", [False, True])
def test_a_scan_takes_three_queries_and_a_savepoint(door, django_assert_num_queries, again):
    code = token(door.ticket())
    door.scan(token(door.ticket()))  # the public key is remembered for a minute
    if again:
        door.scan(code)

    with django_assert_num_queries(5):  # phone and list; ticket; SAVEPOINT, INSERT, RELEASE
        door.scan(code)


def test_the_first_scan_of_a_minute_reads_the_key(door, django_assert_num_queries):
    code = token(door.ticket())

    with django_assert_num_queries(6):
        door.scan(code)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=14))
def test_any_order_of_scans_and_retries_admits_each_ticket_once(db, order):
    """`order` is (ticket, id) pairs: the same pair is a retry, the same ticket under another id a second scan."""
    Checkin.objects.all().delete()
    door = open_door()
    codes = [door.ticket().short_code for _ in range(3)]
    ids = {pair: uuid.uuid4() for pair in order}

    answers = {}
    for pair in order:
        verdict = door.scan(codes[pair[0]], scan_id=ids[pair]).scan.verdict
        assert answers.setdefault(pair, verdict) == verdict

    assert list(answers.values()).count(Verdict.ADMITTED) == len({ticket for ticket, _id in order})
    assert Checkin.objects.count() == len(ids)
    assert violations() == []
    Checkin.objects.all().delete()


def test_a_list_without_a_day_is_for_the_whole_week(door):
    week = CheckinListFactory(edition=door.list.edition, day=None, products=[door.product])
    door.phone.list = week
    door.phone.save()

    for day in door.product.days.all():
        assert door.scan(token(door.ticket(day=day)), list_id=week.pk).scan.verdict == Verdict.ADMITTED


def test_a_place_in_a_session_is_for_the_day_of_the_session(door):
    product = ProductFactory(slug="atelier", admission="occurrence", days=[])
    door.list.products.add(product)
    on_2_may, on_3_may = (
        OccurrenceFactory(starts_at=start, ends_at=start + dt.timedelta(hours=2))
        for start in (NOW, NOW + dt.timedelta(days=1))
    )

    verdicts = [
        door.scan(token(door.ticket(product=product, day=None, occurrence=occurrence))).scan.verdict
        for occurrence in (on_2_may, on_3_may)
    ]

    assert verdicts == [Verdict.ADMITTED, Verdict.WRONG_DAY]


def set_reentry(door, rule):
    door.list.reentry = rule
    door.list.save()


def walk(door, code, ways):
    """Scan the ticket in and out as `ways` says; return verdict and passage of each scan."""
    scans = [door.scan(code, direction=Direction(way)).scan for way in ways]
    return [(scan.verdict, scan.passage) for scan in scans]


@pytest.mark.parametrize(
    ("rule", "ways", "verdicts"),
    [
        ("no", ["in", "out", "in"], [("admitted", 1), ("left", 1), ("already_in", None)]),
        ("once_out", ["in", "in", "out", "in"], [("admitted", 1), ("already_in", None), ("left", 1), ("admitted", 2)]),
        ("free", ["in", "in", "in"], [("admitted", 1), ("admitted", 2), ("admitted", 3)]),
        ("no", ["out", "in", "out", "out"], [("not_in", None), ("admitted", 1), ("left", 1), ("not_in", None)]),
    ],
)
def test_coming_in_again(door, rule, ways, verdicts):
    set_reentry(door, rule)

    assert walk(door, token(door.ticket()), ways) == verdicts
    assert Checkin.objects.filter(counts=True).count() == 1
    assert violations() == []


def test_already_in_refers_to_the_last_time_in(door):
    set_reentry(door, "once_out")
    code = token(door.ticket())
    walk(door, code, ["in", "out"])
    again = door.scan(code, now=NOW + dt.timedelta(hours=1)).scan

    assert door.scan(code).earlier == again


def test_a_cancelled_ticket_may_leave(door):
    ticket = door.ticket()
    walk(door, token(ticket), ["in"])
    cancel(ticket)

    assert walk(door, token(ticket), ["out", "in"]) == [("left", 1), ("cancelled", None)]


def test_a_visitor_who_comes_again_is_counted_once(door):
    set_reentry(door, "free")
    walk(door, token(door.ticket()), ["in", "in", "out", "in"])
    walk(door, token(door.ticket()), ["in"])

    assert queries.admitted_count(door.list.pk) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "admitted", "passage": 1, "counts": True},  # counted twice
        {"verdict": "admitted", "passage": 1, "counts": False},
        {"verdict": "admitted", "passage": None, "counts": False},
        {"verdict": "admitted", "passage": 2, "counts": True},
        {"verdict": "left", "passage": 2},  # on the way in
        {"verdict": "already_in", "passage": 2},
        {"verdict": "admitted", "passage": 2, "ticket": None},
    ],
)
def test_the_database_refuses_what_cannot_be(door, change):
    scan = door.scan(token(door.ticket())).scan
    scan.pk, scan.counts = uuid.uuid4(), False
    for name, value in change.items():
        setattr(scan, name, value)

    with pytest.raises(IntegrityError), transaction.atomic():
        scan.save(force_insert=True)


def test_who_was_let_in_twice_without_network_stands_in_the_books_once(door):
    """Two phones without network have both shown "admitted"; the second scan arrives later and is judged then."""
    first = door.scan(token(door.ticket())).scan
    Checkin.objects.create(
        id=uuid.uuid4(),
        list=first.list,
        ticket=first.ticket,
        shown=Verdict.ADMITTED,
        verdict=Verdict.ALREADY_IN,
        source=first.source,
        code_sha256=first.code_sha256,
        device_id=uuid.uuid4(),
        device_name="Téléphone 2",
        scanned_by="Aïcha",
        at=first.at,
        received_at=first.at,
    )

    assert Checkin.objects.filter(shown="admitted").count() == 2
    assert Checkin.objects.filter(verdict="admitted", counts=True).count() == 1
    assert violations() == []
