"""The mail that invites: in the language of whoever is asked, with a link, without names of projects or jurors."""

import pytest
from django.utils.translation import override

from awards.models import Juror
from awards.seats.mail import build
from festival.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "word", "path"),
    [("fr", "Bonjour Ada Brun", "/fr/prix/invitation/"), ("en", "Hello Ada Brun", "/en/awards/invitation/")],
)
def test_the_mail_says_what_is_asked_and_until_when(asked, link, code, word, path):
    with override(code):
        mail = build(OutgoingMail.objects.get(kind="jury.invitation"))
    html = str(mail.alternatives[0][0])
    for text in (mail.body, html):
        assert word in text
        assert f"{path}{link}/" in text
    assert mail.to == ["ada@atelier.fr"]


def test_nothing_is_sent_once_it_is_answered(asked):
    Juror.objects.update(state="declined")
    assert build(OutgoingMail.objects.get(kind="jury.invitation")) is None
