"""`tickets/door_answers.py`: what is read on the screen, in both languages."""

import datetime as dt

import pytest
from django.utils import translation

from tests.factories.door import open_door, token
from tests.factories.festival import DayFactory
from tests.factories.tickets import NOW, GateFactory, PriceFactory, ProductFactory
from tickets.door.verdicts import Verdict
from tickets.door.wording import compose
from tickets.models import Checkin

pytestmark = pytest.mark.django_db


@pytest.fixture
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
    typed = compose(door.scan("7K3F", source=Checkin.Source.TYPED))
    scanned = compose(door.scan("https://example.org"))

    assert typed.advice.startswith("No ticket has this code.")
    assert scanned.advice.startswith("This is not one of our codes.")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_verdict_has_a_tone_and_a_word(door, language):
    outcome = door.scan("nothing")
    words = set()
    for verdict in Verdict:
        outcome.scan.verdict = verdict
        with translation.override(language):
            answer = compose(outcome)
        assert answer.tone in {"yes", "again", "no", "question"}
        words.add(answer.word)

    assert len(words) == len(Verdict)
