"""The mail with the link: in the language of the page, without a grade, and none for a ballot that is gone."""

import pytest
from django.utils import translation

from awards.models import SentBallot
from awards.voting import links, mail
from festival.models import OutgoingMail
from tests.awards.voting.conftest import send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "words"), [("fr", "Encore une étape pour votre vote"), ("en", "One more step")])
def test_it_has_the_link_and_no_grade(ballot_box, language, words):
    sent = send(ballot_box, first=4)

    with translation.override(language):
        message = mail.build(OutgoingMail.objects.get())

    assert words in message.body
    assert links.token(sent.uuid) in message.body
    assert message.to == ["zoe@example.org"]
    assert "Excellent" not in message.body + str(message.alternatives)
    assert links.token(sent.uuid) in str(message.alternatives)


def test_a_ballot_that_is_gone_has_none(ballot_box):
    send(ballot_box, first=4)
    SentBallot.objects.all().delete()

    assert mail.build(OutgoingMail.objects.get()) is None
