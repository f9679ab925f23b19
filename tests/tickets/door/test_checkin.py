"""`tickets/checkin.py`: each scan is judged, kept and answered once."""

import dataclasses
import datetime as dt
import hashlib
import uuid

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from festival.core.audit import Actor
from tests.factories.door import open_door, token
from tests.factories.festival import DayFactory, EditionFactory, UserFactory
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import (
    NOW,
    CheckinListFactory,
    DeviceFactory,
    GateFactory,
    OrderFactory,
    ProductFactory,
    TicketFactory,
    cancel,
    signing_key,
)
from tests.remembered import remembered
from tickets.delivery import signing, tokens
from tickets.delivery.references import reference_to
from tickets.door import checkin, queries
from tickets.door.invariants import violations
from tickets.door.queries import Counts
from tickets.door.verdicts import Verdict
from tickets.exceptions import DeviceRevoked, DeviceUnknown, ListChanged, ScanIdReused
from tickets.models import Checkin, Order

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def door():
    return open_door()


def test_a_ticket_is_admitted_once_and_then_already_in(door):
    ticket = door.ticket()
    later = door.another_phone(gate=GateFactory(slug="sud", name="Entrée sud"))

    first = door.scan(token(ticket))
    second = door.scan(token(ticket), phone=later, now=NOW + dt.timedelta(minutes=3))

    assert (first.scan.verdict, first.earlier) == (Verdict.ADMITTED, None)
    assert second.scan.verdict == Verdict.ALREADY_IN
    assert (second.earlier.at, second.earlier.gate) == (NOW, str(door.phone.gate))
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
    door.scan(code)
    first = door.scan(code, scan_id=scan_id).earlier

    assert door.scan(code, scan_id=scan_id).earlier == first
    assert (first.at, first.device_id) == (NOW, door.phone.pk)


@pytest.mark.parametrize("change", ["code", "list", "phone", "way"])
def test_an_id_that_comes_back_with_another_scan_is_refused(door, change):
    scan_id, code = uuid.uuid4(), token(door.ticket())
    door.scan(code, scan_id=scan_id)
    other = {"phone": door.another_phone()} if change == "phone" else {}
    if change == "way":
        other = {"direction": "out"}
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
    on_monday = door.scan(code, list_id=monday.pk, now=NOW + dt.timedelta(days=1)).scan.verdict

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


def test_a_kept_scan_is_judged_on_the_list_at_which_it_was_read(door):
    ticket, first_gate = door.ticket(), door.phone.gate
    monday = CheckinListFactory(slug="lundi", day=DayFactory(date="2027-05-03"), products=[door.product])
    door.phone.list, door.phone.gate = monday, GateFactory(slug="sud")
    door.phone.save()
    scan_id = uuid.uuid4()
    kept = {"scan_id": scan_id, "is_kept": True, "gate_id": first_gate.pk}

    first, again = (door.scan(token(ticket), **kept) for _ in range(2))
    somewhere = door.scan(token(door.ticket()), is_kept=True)

    assert (first.scan.verdict, first.scan.list, first.scan.gate) == (Verdict.ADMITTED, door.list, first_gate)
    assert (again.is_repeat, again.scan.pk) == (True, scan_id)
    assert (somewhere.scan.list, somewhere.scan.gate) == (door.list, None)


def test_a_kept_scan_of_another_edition_or_of_a_phone_without_list_is_not_taken(door):
    code = token(door.ticket())
    other = CheckinListFactory(edition=EditionFactory(number=2028, is_current=False), day=None)

    with pytest.raises(ListChanged):
        door.scan(code, list_id=other.pk, is_kept=True)
    door.phone.list = None
    door.phone.save()
    with pytest.raises(DeviceUnknown):  # set up anew, it sends what it kept
        door.scan(code, is_kept=True)

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

    for index, day in enumerate(door.product.days.all()):
        now = NOW + dt.timedelta(days=index)
        assert door.scan(token(door.ticket(day=day)), list_id=week.pk, now=now).scan.verdict == Verdict.ADMITTED
    yesterday = door.ticket(day=door.product.days.first())
    outcome = door.scan(token(yesterday), list_id=week.pk, now=now)
    assert (outcome.scan.verdict, outcome.ticket.last_day) == (Verdict.WRONG_DAY, dt.date(2027, 5, 2))


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


def walk(door, code, ways):
    """Scan the ticket in and out as `ways` says; return verdict and step of each scan."""
    scans = [door.scan(code, direction=way).scan for way in ways]
    return [(scan.verdict, scan.step) for scan in scans]


@pytest.mark.parametrize(
    ("rule", "ways", "verdicts"),
    [
        ("no", ["in", "out", "in"], [("admitted", 1), ("left", 2), ("already_in", None)]),
        ("once_out", ["in", "in", "out", "in"], [("admitted", 1), ("already_in", None), ("left", 2), ("admitted", 3)]),
        ("free", ["in", "in", "in"], [("admitted", 1), ("admitted", 2), ("admitted", 3)]),
        ("free", ["in", "in", "out", "out"], [("admitted", 1), ("admitted", 2), ("left", 3), ("not_in", None)]),
        ("no", ["out", "in", "out", "out"], [("not_in", None), ("admitted", 1), ("left", 2), ("not_in", None)]),
    ],
)
def test_coming_in_again(door, rule, ways, verdicts):
    door.change_list(reentry=rule)

    assert walk(door, token(door.ticket()), ways) == verdicts
    assert queries.counts(door.list.pk).admitted == 1
    assert violations() == []


def test_who_is_inside_now_is_counted(door):
    door.change_list(reentry="once_out")
    codes = [token(door.ticket()) for _ in range(3)]
    for code in codes:
        walk(door, code, ["in"])
    walk(door, codes[0], ["out"])
    walk(door, codes[1], ["out", "out", "in"])

    assert queries.counts(door.list.pk) == Counts(admitted=3, inside=2)


def test_already_in_refers_to_the_last_time_in(door):
    door.change_list(reentry="once_out")
    code = token(door.ticket())
    walk(door, code, ["in", "out"])
    again = door.scan(code, now=NOW + dt.timedelta(hours=1)).scan

    assert door.scan(code, now=NOW + dt.timedelta(hours=2)).earlier.at == again.at


def test_a_cancelled_ticket_may_leave(door):
    ticket = door.ticket()
    walk(door, token(ticket), ["in"])
    cancel(ticket)

    assert walk(door, token(ticket), ["out", "in"]) == [("left", 2), ("cancelled", None)]


def test_a_visitor_who_comes_again_is_counted_once(door):
    door.change_list(reentry="free")
    walk(door, token(door.ticket()), ["in", "in", "out", "in"])
    walk(door, token(door.ticket()), ["in"])

    assert queries.counts(door.list.pk) == Counts(admitted=2, inside=2)


NEXT_DAY = NOW + dt.timedelta(days=1)


def test_a_phone_left_open_over_the_change_of_day(door):
    """It is still on Sunday's list; the server's day decides, and says which list would be right."""
    sunday, monday = door.product.days.all()
    right = CheckinListFactory(day=monday, products=[door.product], name="Lundi")

    yesterdays = door.scan(token(door.ticket(day=sunday)), now=NEXT_DAY)
    todays = door.scan(token(door.ticket(day=monday)), now=NEXT_DAY)

    assert yesterdays.scan.verdict == Verdict.WRONG_DAY
    assert yesterdays.ticket.first_day == dt.date(2027, 5, 2)
    assert todays.scan.verdict == Verdict.WRONG_LIST
    assert todays.ticket.other_list == (right.pk, "Lundi")
    assert queries.counts(door.list.pk) == Counts(0, 0)
    assert violations() == []


def test_who_is_still_inside_may_leave_after_the_change_of_day(door):
    code = token(door.ticket())
    walk(door, code, ["in"])

    assert door.scan(code, direction="out", now=NEXT_DAY).scan.verdict == Verdict.LEFT


def test_a_practice_list_uses_up_no_ticket(door):
    door.change_list(is_practice=True, day=None)
    real = CheckinListFactory(slug="vraie", products=[door.product])
    code = token(door.ticket())
    phone = DeviceFactory(list=real, gate=door.phone.gate)

    practised = [door.scan(code, now=NOW - dt.timedelta(days=30)).scan.verdict for _ in range(2)]
    entered = door.scan(code, phone=phone, list_id=real.pk).scan.verdict

    assert practised == [Verdict.ADMITTED, Verdict.ALREADY_IN]
    assert entered == Verdict.ADMITTED
    assert queries.counts(real.pk) == Counts(1, 1)


def test_what_readers_add_is_taken_away(door):
    code, twice = token(door.ticket()), token(door.ticket())

    assert door.scan(f"]Q1{code}\r\n").scan.verdict == Verdict.ADMITTED
    assert door.scan(twice + twice).scan.verdict == Verdict.ADMITTED


def test_two_tickets_in_one_scan_admit_nobody(door):
    outcome = door.scan(token(door.ticket()) + token(door.ticket()))
    short = door.scan(door.ticket().short_code + door.ticket().short_code)

    assert (outcome.scan.verdict, outcome.seen.is_double) == (Verdict.UNKNOWN, True)
    assert (short.scan.verdict, short.seen.is_double) == (Verdict.UNKNOWN, True)


def test_a_keyboard_that_swaps_letters_is_found_out_by_the_signature(door):
    swap = str.maketrans("YZ", "ZY")
    codes = [code for code in (token(door.ticket()) for _ in range(3)) if set(code) & {"Y", "Z"}]

    assert {door.scan(code.translate(swap)).scan.verdict for code in codes} == {Verdict.ADMITTED}


def test_a_ticket_of_another_festival_is_not_ours_whatever_its_year(door):
    """Another installation signs with its own key; its number may be ours, or that of a past edition of ours."""
    EditionFactory(number=2026, is_current=False)
    key = Ed25519PrivateKey.generate()
    parts = tokens.Parts(kid=0, edition=door.list.edition.number, ticket=1, issue=1, product=1, zoneset=0, days=0)

    for edition in (parts.edition, 2026, 1999):
        outcome = door.scan(tokens.sign(dataclasses.replace(parts, edition=edition), key))
        assert (outcome.scan.verdict, outcome.ticket) == (Verdict.FORGED, None)


def test_a_reference_that_a_search_gave_admits_on_that_phone_alone(door):
    reference = reference_to(door.ticket().pk, device_id=door.phone.pk)
    other = door.another_phone(gate=door.phone.gate)

    stolen = door.scan(reference, source="name", phone=other).scan
    found = door.scan(reference, source="name").scan

    assert (stolen.verdict, found.verdict, found.source) == (Verdict.UNKNOWN, Verdict.ADMITTED, "name")


def test_halves_of_characters_are_judged_and_kept(door):
    assert door.scan("\ud800\udfff").scan.verdict == Verdict.UNKNOWN


def test_the_clock_of_the_phone_is_kept_beside_ours(door):
    phones = NOW - dt.timedelta(minutes=7)
    scan = checkin.Scan(uuid.uuid4(), token(door.ticket()), Checkin.Source.CAMERA, device_at=phones)

    kept = door.scan("", scan=scan).scan

    assert (kept.at, kept.device_at) == (NOW, phones)


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "admitted", "step": 1, "counts": 1, "inside": 1},  # the step is taken
        {"verdict": "admitted", "step": 2, "counts": 2, "inside": 0},
        {"verdict": "admitted", "step": None, "counts": 0, "inside": 0},
        {"verdict": "left", "step": 2, "counts": 0, "inside": -1},  # on the way in
        {"verdict": "already_in", "step": 2, "counts": 0, "inside": 0},
        {"verdict": "already_in", "step": None, "counts": 1, "inside": 0},
        {"verdict": "admitted", "step": 2, "counts": 0, "inside": 0, "ticket": None},
        {"verdict": "undone", "step": 2, "counts": -1, "inside": -1},  # of nothing
    ],
)
def test_the_database_refuses_what_cannot_be(door, change):
    scan = door.scan(token(door.ticket())).scan
    scan.pk = uuid.uuid4()
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
    assert queries.counts(door.list.pk).admitted == 1
    assert violations() == []
