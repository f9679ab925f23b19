"""The mails about a request to the pot, in the language of whoever asked."""

import pytest

from festival.models import OutgoingMail
from tests.factories.tickets import NOW
from tests.tickets.solidarity.conftest import OFFICE, ask, give, wish
from tickets.solidarity import granting, mail

pytestmark = pytest.mark.django_db


def sent(kind):
    return OutgoingMail.objects.get(kind=kind)


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("fr", "Votre demande de billet", "Il n’y a rien à prouver"),
        ("en", "Your request for a ticket", "There is nothing to prove"),
    ],
)
def test_who_waits_is_told_so_kindly(pot, language, subject, words):
    request = ask(wish(pot, language=language))

    letter = mail.build_asked(sent("pot.asked"))

    assert subject in letter.subject
    assert words in letter.body
    assert request.secret in letter.body
    assert "Ada" not in letter.body


def test_a_refusal_has_its_sentence(pot):
    request = ask(wish(pot))
    granting.refuse(request=request, reason="Il n’y a plus de place.", actor=OFFICE, now=NOW)

    letter = mail.build_refused(sent("pot.refused"))

    assert "Il n’y a plus de place." in letter.body
    assert mail.build_asked(sent("pot.asked")) is None


def test_what_was_given_meanwhile_needs_no_such_mail(pot, box):
    request = ask(wish(pot))
    give(box, 6000)
    granting.grant(request=request, actor=OFFICE, now=NOW)

    assert mail.build_asked(sent("pot.asked")) is None
    assert mail.build_refused(sent("pot.asked")) is None
