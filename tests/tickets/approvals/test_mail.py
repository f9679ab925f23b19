"""The mails about what needs approval, in the language of whoever asked."""

import pytest

from festival.models import OutgoingMail
from tests.factories.tickets import NOW
from tests.tickets.approvals.conftest import OFFICE, apply
from tickets.approvals import deciding, mail

pytestmark = pytest.mark.django_db


def sent(kind):
    return OutgoingMail.objects.get(kind=kind)


def test_who_asked_is_told_that_it_is_looked_at(press):
    approval = apply(press)
    letter = mail.build_asked(sent("approval.asked"))

    assert "Accréditation presse" in letter.body
    assert approval.order.secret in letter.body
    deciding.accept(approval=approval, actor=OFFICE, now=NOW)
    assert mail.build_asked(sent("approval.asked")) is None


@pytest.mark.unsound
def test_accepted_and_to_be_paid(paid_press):
    approval = apply(paid_press)
    deciding.accept(approval=approval, actor=OFFICE, now=NOW)
    letter = mail.build_accepted(sent("approval.accepted"))

    assert "20" in letter.body
    assert "/pay/" in letter.body
    type(approval.order).objects.update(state="cancelled")
    assert mail.build_accepted(sent("approval.accepted")) is None


@pytest.mark.parametrize(("language", "words"), [("fr", "n’a pas pu être acceptée"), ("en", "could not be accepted")])
def test_refused_with_the_reason(press, language, words):
    approval = apply(press)
    type(approval.order).objects.update(language=language)
    deciding.refuse(approval=approval, reason="Sans carte.", actor=OFFICE, now=NOW)
    letter = mail.build_refused(sent("approval.refused"))

    assert words in letter.body
    assert "Sans carte." in letter.body
    assert mail.build_refused(sent("approval.asked")) is None
