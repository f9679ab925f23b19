"""The mail of a decision says what holds and where the project stands, and is not made once another decision came."""

import pytest

from awards.models import ScreeningLetter
from awards.screening.deciding import decide, undo
from awards.screening.mail import build, letter_mail
from festival.models import OutgoingMail
from tests.factories.awards import DURING

pytestmark = pytest.mark.django_db


def test_letter_mail_says_what_holds_and_why(entry, screener):
    made = decide(entry_id=entry.pk, verdict="disqualified", by=screener, now=DURING, reason="Copie d’un autre.")
    mail = letter_mail(made.letter)
    assert str(entry.title) in mail.subject
    for text in (mail.body, mail.alternatives[0].content):
        assert "Copie d’un autre." in text
        assert "disqualifié" in text
    assert "http" in mail.body


def test_build_makes_nothing_of_what_no_longer_holds(entry, screener):
    made = decide(entry_id=entry.pk, verdict="eligible", by=screener, now=DURING)
    fact = {"fact_type": ScreeningLetter._meta.label_lower, "fact_id": str(made.letter.pk)}
    mail = OutgoingMail(kind="entry.screened", to="a@example.org", language="fr", created_at=DURING, **fact)
    assert build(mail) is not None
    undo(entry_id=entry.pk, by=screener, now=DURING)
    assert build(mail) is None
    assert build(OutgoingMail(kind="entry.screened", fact_type=fact["fact_type"], fact_id="0")) is None
