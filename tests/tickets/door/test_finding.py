import datetime as dt

import pytest

from festival.models import AuditEntry
from tests.factories.door import open_door, token
from tests.factories.festival import EditionFactory, UserFactory
from tests.factories.tickets import NOW, OrderFactory, ProductFactory, TicketFactory, cancel
from tests.remembered import remembered
from tickets.door import finding
from tickets.door.verdicts import Direction, Verdict
from tickets.exceptions import DeviceUnknown, FindNotAllowed, FindTooOften
from tickets.models import Device

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def door():
    return open_door()


def find(door, words, *, now=NOW, **changes):
    arguments = {
        "direction": Direction.IN,
        "device_id": door.phone.pk,
        "list_id": door.list.pk,
        "user": door.phone.user,
    }
    return finding.find(**{"words": words, "now": now, **arguments, **changes})[0]


def names(search):
    return [each.ticket.ticket.holder for each in search.found]


@pytest.mark.parametrize(
    ("holder", "typed"),
    [
        (
            "Camille Dupont-N’Guessan",
            ["camille", "NGUESSAN", "n'guessan", "guessan", "dupont camille", "dupont-n", "pont"],
        ),
        ("Éléonore Œrsted", ["eleonore", "ELEONORE", "oersted", "él"]),
        ("Łukasz Żółć", ["lukasz", "zolc"]),
        ("Фёдор Ильич", ["федор", "ФЁДОР", "иль"]),
        ("王小明", ["王小明", "王小"]),
        ("김민준", ["김민준", "김"]),
        ("عائشة بنت علي", ["عائشة", "بنت"]),
        ("Αχιλλέας Παπαδόπουλος", ["αχιλλεας", "ΠΑΠΑΔΟΠΟΥΛΟΣ"]),
    ],
)
def test_names_are_found_however_they_are_typed(door, holder, typed):
    door.ticket(holder=holder, order__name="Jo Fox")
    door.ticket(holder="Zz", order__name="Zz")

    for words in typed:
        assert names(find(door, words)) == [holder]


def test_the_buyer_the_mail_address_the_order_and_the_number_find_too(door):
    ticket = door.ticket(
        holder="Lou", order__name="Aïcha Le Goff", order__email="aicha.legoff@example.org", order__code="K7PQ2M"
    )
    door.ticket(holder="Zz", order__name="Zz", order__email="zz@example.org", order__code="ZZZZZZ")
    short = ticket.short_code

    for words in ("le goff", "AICHA.legoff@example.org", "k7pq2m", str(ticket.number), f"{short[:4]}-{short[4:]}"):
        assert names(find(door, words)) == ["Lou"], words


@pytest.mark.parametrize("words", ["a", "é", " ' ", "-", "@", "ai@example.org", "@example.org", "%", "__", "\\"])
def test_too_little_finds_nobody_and_is_not_counted(door, words):
    door.ticket(holder="Aïcha Le Goff")

    search = find(door, words)

    assert (search.is_short, search.found) == (True, ())
    assert not AuditEntry.objects.filter(verb=finding.VERB).exists()


def test_a_search_says_what_the_door_would_say(door):
    inside, gone = door.ticket(holder="Ada In"), door.ticket(holder="Ada Off")
    door.ticket(holder="Ada Tomorrow", day=door.product.days.last())
    door.scan(token(inside))
    cancel(gone)

    found = {each.ticket.ticket.holder: each.verdict for each in find(door, "ada").found}

    assert found == {
        "Ada In": Verdict.ALREADY_IN,
        "Ada Off": Verdict.CANCELLED,
        "Ada Tomorrow": Verdict.WRONG_DAY,
    }
    out = {each.ticket.ticket.holder: each.verdict for each in find(door, "ada", direction=Direction.OUT).found}
    assert out["Ada In"] == Verdict.LEFT


def test_other_editions_are_not_searched(door):
    past = EditionFactory(number=2026, is_current=False)
    TicketFactory(order=OrderFactory(edition=past), product=ProductFactory(edition=past, slug="vieux"), holder="Ada")

    assert find(door, "ada").found == ()


def test_at_most_eight_are_shown(door):
    for _ in range(9):
        door.ticket(holder="Ada Neuf")

    search = find(door, "ada")

    assert (len(search.found), search.has_more) == (8, True)


def test_each_search_is_recorded_without_what_was_typed(door):
    door.ticket(holder="Ada")
    find(door, "ada")

    entry = AuditEntry.objects.get(verb=finding.VERB)
    assert (entry.subject_id, entry.facts) == (str(door.phone.pk), {"list": door.list.slug, "found": 1})
    assert entry.actor == f"user:{door.phone.user.pk}"


def test_a_phone_that_reads_out_the_books_is_stopped_for_a_while(door, monkeypatch):
    monkeypatch.setattr(finding, "LIMIT", 3)
    for minute in range(3):
        find(door, "ada", now=NOW + dt.timedelta(minutes=minute))

    with pytest.raises(FindTooOften) as stopped:
        find(door, "ada", now=NOW + dt.timedelta(minutes=3))

    assert stopped.value.minutes == 7
    assert find(door, "ada", now=NOW + dt.timedelta(minutes=10)).found == ()


@pytest.mark.parametrize("where", ["list", "phone"])
def test_the_organisers_say_who_may_search(door, where):
    if where == "list":
        door.change_list(finds_by_name=False)
    else:
        Device.objects.update(finds_by_name=False)

    with pytest.raises(FindNotAllowed):
        find(door, "ada")


def test_strangers_do_not_search(door):
    with pytest.raises(DeviceUnknown):
        find(door, "ada", user=UserFactory())


def test_a_search_takes_three_queries_and_its_record(door, django_assert_num_queries):
    for _ in range(5):
        door.ticket(holder="Ada")

    with django_assert_num_queries(6):  # phone and list, earlier searches, tickets; SAVEPOINT, INSERT, RELEASE
        find(door, "ada")
