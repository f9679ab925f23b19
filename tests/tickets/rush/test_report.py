"""What must never happen in a rush is named."""

import pytest

from festival.models import Edition
from tests.tickets.rush.conftest import OFFICE, come
from tickets.models import Order, Quota
from tickets.rush import report
from tickets.rush.rules import Answer, Errand, Outcome
from tickets.rush.visitors import Target

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.unsound
def test_what_must_never_happen_is_named(shop, target):
    outcome = come(target, Errand.FREE)
    Quota.objects.filter(taken=1).update(size=0, taken=0)
    Order.objects.update(code="ANOTHER")

    found = report.violations(shop, [report.Round((outcome,), 1, 0)])
    assert any(line.startswith("Oversold") and "has 0 places and sold 1" in line for line in found)
    assert "1 orders were accepted, and 0 are in the books." in found


def test_a_server_that_is_not_there_is_named():
    outcome = come(Target.at("http://127.0.0.1:9", OFFICE), Errand.FREE)

    assert outcome.result == "no answer: ConnectionRefusedError"
    found = report.violations(Edition(pk=0), [report.Round((outcome,), 1, 0)])
    assert found == ["no answer: ConnectionRefusedError: 1", "No order was accepted."]


def test_a_round_is_told_with_its_waits_its_cost_and_what_went_wrong():
    outcomes = (
        Outcome(Errand.FREE, "accepted", 0.2, (Answer(200, 0.05), Answer(302, 0.1)), "K7M4QX2V"),
        Outcome(Errand.PAID, "HTTP 503 Service Unavailable", 0.4, (Answer(503, 0.4),)),
    )

    first, free, paid, answers, cpu, wrong = report.round_lines(report.Round(outcomes, 2, 0.09), 0)
    assert first.startswith("2 visitors in 2.0 s: 1 orders accepted, 0.5 a second; 0 sold out")
    assert free == "   free, from arrival to the last page: " + ", ".join(
        f"{percent} % within 200 ms" for percent in (50, 95, 99, 100)
    )
    assert paid.startswith("   paid")
    assert answers.startswith("   3 answers: 50 % within 100 ms, 95 % within 400 ms")
    assert cpu == "   CPU of the web server: 0.1 s, 30.0 ms an answer, 90.0 ms an accepted order"
    assert wrong == "   HTTP 503 Service Unavailable: 1"


def test_of_many_rounds_each_is_told_in_a_line():
    sold_out = Outcome(Errand.FREE, "sold out", 0.2, (Answer(409, 0.2),))

    assert list(report.round_lines(report.Round((sold_out,), 1, 0), 3)) == [
        "Round 3: 1 visitors in 1.0 s: 0 orders accepted, 0.0 a second; 1 sold out, 0 only looked."
    ]
