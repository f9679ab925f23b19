"""The mails about giving back, in both languages; none when their fact is gone."""

import pytest

from festival.core.delivery import builder_of
from tests.factories.festival import OutgoingMailFactory
from tests.factories.tickets import NOW
from tests.tickets.bought import bought
from tests.tickets.buying.conftest import item
from tests.tickets.returns.test_clarifying import sent_back
from tickets.models import RefundRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(fest):
    return bought(item(fest))


def build(kind, fact, to="camille@example.org", language="fr"):
    mail = OutgoingMailFactory(
        kind=kind, to=to, language=language, fact_type=fact._meta.label_lower, fact_id=str(fact.pk)
    )
    return builder_of(kind)(mail)


def wish(order, **fields):
    asked = RefundRequest.objects.create(**{"order": order, "cents": 5500, "asked_at": NOW} | fields)
    asked.lines.set(order.lines.all())
    return asked


@pytest.mark.parametrize(("language", "words"), [("fr", "55\xa0€"), ("en", "€55")])
def test_a_wish_is_confirmed_with_its_sum(order, language, words):
    order.language = language
    order.save()

    mail = build("refund.asked", wish(order))

    assert words in mail.body
    assert order.code in mail.subject


def test_to_who_did_not_pay_no_sum_is_named(order):
    other = type(order).objects.create(
        edition=order.edition,
        code="OTHER",
        secret="s",
        state="paid",
        email="z@example.org",
        language="fr",
        created_at=NOW,
    )

    mail = build("refund.asked", wish(other))
    asked = RefundRequest.objects.get()
    asked.lines.set(order.lines.all())

    assert "55" in mail.body
    assert "55" not in build("refund.asked", asked).body


def test_a_refusal_says_why(order):
    mail = build("refund.refused", wish(order, state="refused", reason="Trop tard.", decided_at=NOW))

    assert "Trop tard." in mail.body


@pytest.mark.parametrize("kind", ["refund.asked", "refund.refused"])
def test_what_was_answered_otherwise_is_not_said(order, kind):
    assert build(kind, wish(order, state="accepted", decided_at=NOW)) is None


def test_the_office_is_asked_what_a_refund_was_for(order):
    refund = sent_back(order, 3000)

    mail = build("refund.outside", refund, to="accueil@example.org")

    assert mail.to == ["accueil@example.org"]
    assert f"clarify/{refund.pk}/" in mail.body
    refund.clarified_at = NOW
    refund.save()
    assert build("refund.outside", refund) is None
