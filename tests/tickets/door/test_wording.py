"""`tickets/door_answers.py`: what is read on the screen, in both languages."""

import datetime as dt

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import translation

from tests.factories.door import open_door, token
from tests.factories.festival import DayFactory, EditionFactory
from tests.factories.tickets import (
    NOW,
    CheckinListFactory,
    GateFactory,
    OrderFactory,
    PriceFactory,
    ProductFactory,
    TicketFactory,
    signing_key,
)
from tests.remembered import remembered
from tickets.delivery import tokens
from tickets.door import finding
from tickets.door.verdicts import Direction, Verdict
from tickets.door.wording import compose, describe, inside_label, list_warning

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def door():
    return open_door()


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_a_plain_yes_goes_by_itself(door):
    answer = compose(door.scan(token(door.ticket())))

    assert (answer.tone, answer.word, answer.holds, answer.advice) == ("yes", "Welcome", False, "")


def test_a_reduced_price_asks_for_its_proof_and_stays(door):
    door.product.proof = {"fr": "Carte d’étudiant", "en": "Student card"}
    door.product.save()
    reduced = PriceFactory(product=door.product, slug="reduit", is_default=False)
    normal = PriceFactory(product=door.product, slug="plein")

    answer = compose(door.scan(token(door.ticket(price=reduced))))
    other = compose(door.scan(token(door.ticket(price=normal))))

    assert (answer.tone, answer.advice, answer.holds) == ("yes", "Student card", True)
    assert (other.advice, other.holds) == ("", False)


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (dt.timedelta(seconds=59), "less than a minute ago"),
        (dt.timedelta(minutes=3), "3 min ago"),
        (dt.timedelta(hours=2, minutes=50), "2 h ago"),
    ],
)
def test_already_in_says_when_where_and_how_long_ago(door, passed, words):
    code = token(door.ticket())
    door.scan(code)
    there = door.another_phone(gate=GateFactory(slug="sud", name={"fr": "Sud", "en": "South"}))

    elsewhere = compose(door.scan(code, phone=there, now=NOW + passed))
    here = compose(door.scan(code, now=NOW + passed))

    assert elsewhere.detail == f"At 11:30, North gate ({words})"
    assert here.detail == f"At 11:30, on this phone ({words})"


def test_wrong_day_says_the_right_one(door):
    ticket = door.ticket(day=DayFactory(edition=door.list.edition, date=dt.date(2027, 5, 3)))

    assert compose(door.scan(token(ticket))).detail.replace("\xa0", " ") == "Valid on Monday 3 May"
    with translation.override("fr"):
        assert compose(door.scan(token(ticket))).detail.replace("\xa0", " ").endswith("lundi 3 mai")


def test_wrong_day_of_a_pass_says_its_days(door):
    days = [DayFactory(edition=door.list.edition, date=dt.date(2027, 5, day)) for day in (5, 6, 7)]
    fest = ProductFactory(slug="pass-fest", admission="all_days", days=days)
    door.list.products.add(fest)

    answer = compose(door.scan(token(door.ticket(product=fest, day=None))))

    assert answer.detail.replace("\xa0", " ") == "Valid from Wednesday 5 May to Friday 7 May"


def test_a_code_that_proves_nothing_names_nobody(door):
    ticket = door.ticket()
    old = token(ticket)
    ticket.issue, ticket.holder = 2, "Somebody Else"
    ticket.save()
    forged = token(ticket)[:-4] + "0000"

    for code in (old, forged):
        answer = compose(door.scan(code))
        assert (answer.who, answer.what) == ("", "")


def test_a_typing_mistake_is_suspected_only_where_somebody_typed(door):
    typed = compose(door.scan("7K3F", source="typed"))
    scanned = compose(door.scan("https://example.org"))
    typed_by_a_reader = compose(door.scan("https://example.org", source="typed"))

    assert typed.advice.startswith("No ticket has this code.")
    for foreign in (scanned, typed_by_a_reader):
        assert foreign.advice.startswith("This is not a ticket of this festival.")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_verdict_has_a_tone_and_a_word(door, language):
    outcome = door.scan("nothing")
    words = set()
    for verdict in Verdict:
        outcome.scan.verdict = verdict
        with translation.override(language):
            answer = compose(outcome)
        assert answer.tone in {"yes", "out", "again", "no", "question"}
        words.add(answer.word)

    assert len(words) == len(Verdict)


def plain(text):
    return text.replace("\xa0", " ")


def test_on_yesterdays_list_the_screen_says_so_and_offers_todays(door):
    monday = door.product.days.last()
    right = CheckinListFactory(day=monday, products=[door.product], name={"fr": "Lundi", "en": "Monday"})
    tomorrow = NOW + dt.timedelta(days=1)

    valid = compose(door.scan(token(door.ticket(day=monday)), now=tomorrow))
    old = compose(door.scan(token(door.ticket()), now=tomorrow))

    assert (valid.word, valid.tone) == ("Wrong list", "question")
    assert plain(valid.detail) == "This list is for Sunday 2 May. Today is Monday 3 May."
    assert (valid.switch.list, valid.switch.button) == (right.pk, "Switch to “Monday”")
    assert (old.word, plain(old.detail)) == ("Not today", "Valid on Sunday 2 May")
    assert plain(old.switch.reason) == plain(valid.detail)


def test_on_a_list_of_something_else_the_right_one_is_offered(door):
    fest = ProductFactory(slug="fest", admission="all_days", days=[door.list.day])
    right = CheckinListFactory(slug="fest", day=door.list.day, products=[fest], name="Fest")

    answer = compose(door.scan(token(door.ticket(product=fest, day=None))))

    assert (answer.verdict, answer.switch.list) == ("wrong_product", right.pk)
    assert answer.switch.reason == "You are on the list “Village”."


def test_on_the_right_list_no_other_is_offered(door):
    CheckinListFactory(day=door.product.days.last(), products=[door.product])
    code = token(door.ticket())

    assert [compose(door.scan(code)).switch for _ in range(2)] == [None, None]
    assert compose(door.scan(token(door.ticket(day=door.product.days.last())))).switch is None
    door.change_list(is_practice=True)
    assert list_warning(door.list, today=dt.date(2027, 5, 9)) == ""


def test_who_leaves_hears_goodbye_and_who_is_not_in_a_sentence(door):
    door.change_list(reentry="once_out")
    code = token(door.ticket())
    door.scan(code)

    left, again = (compose(door.scan(code, direction="out")) for _ in range(2))

    assert (left.word, left.tone, left.holds, left.can_undo) == ("Goodbye", "out", False, True)
    assert (again.word, again.can_undo) == ("Was not in", False)
    assert again.advice.startswith("This ticket was not scanned on the way in")


def test_tickets_of_other_years_and_other_festivals_have_their_own_sentences(door):
    past = EditionFactory(number=2026, is_current=False)
    signing_key(past)
    old = TicketFactory(order=OrderFactory(edition=past), product=ProductFactory(edition=past, slug="vieux"))
    theirs = tokens.sign(tokens.Parts(0, 2027, 1, 1, 1, 0, 0), Ed25519PrivateKey.generate())

    ours, foreign, two = (compose(door.scan(code)) for code in (token(old), theirs, theirs_twice(door)))

    assert (ours.word, ours.detail) == ("Other year", "Edition 2026")
    assert (foreign.word, foreign.who) == ("Not ours", "")
    assert (two.word, two.advice) == ("Two codes", "Two tickets were read as one. Scan them one after the other.")


def theirs_twice(door):
    return token(door.ticket()) + token(door.ticket())


def test_a_search_shows_no_more_than_whose_it_is(door):
    ticket = door.ticket(holder="Aïcha Le Goff")
    search, device = finding.find(
        words="goff",
        direction=Direction.IN,
        device_id=door.phone.pk,
        list_id=door.list.pk,
        user=door.phone.user,
        now=NOW,
    )

    candidate = describe(search.found[0], device_id=device.pk)

    assert candidate.name == "Aïcha Le Goff"
    assert candidate.what == f"Village entry (free), no. {ticket.number}"
    assert (plain(candidate.when), candidate.state, candidate.tone) == ("Valid on Sunday 2 May", "valid now", "yes")
    assert ticket.short_code not in candidate.code


def test_who_is_inside_is_told_in_words():
    assert inside_label(1) == inside_label(3) == "inside now"
