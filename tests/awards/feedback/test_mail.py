"""The mail that there is feedback."""

import pytest
from django.utils.translation import override

from awards.feedback.mail import build
from awards.feedback.releasing import MAIL, Shown, release
from awards.models import Entry
from festival.models import OutgoingMail
from tests.factories.awards import first_round
from tests.factories.deciding import PUBLIC

pytestmark = pytest.mark.django_db


def test_mail_leads_to_the_page_and_says_nothing_of_the_feedback(chair):
    release(round_id=first_round(chair.call).pk, shown=Shown(place=True), by=chair.user, now=PUBLIC)
    entry = Entry.objects.get(slug="a")
    mail = OutgoingMail.objects.get(kind=MAIL, fact_id=str(entry.pk))
    with override("fr"):
        message = build(mail)
    address = f"/fr/prix/candidater/prix/{entry.uuid}/retours/"
    assert "Projet a" in message.subject
    assert address in message.body
    assert address in message.alternatives[0].content
    assert chair.name not in message.body
    Entry.objects.filter(pk=entry.pk).update(state=Entry.State.WITHDRAWN)
    assert build(mail) is None
