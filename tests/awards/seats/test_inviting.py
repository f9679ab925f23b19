"""People are asked into the jury once, asked again once a day, and taken back before they answer."""

from datetime import timedelta

import pytest

from awards.exceptions.seats import InvitationAnswered
from awards.models import Juror, Recusal
from awards.seats.inviting import Invitee, invite, remind, send_again, take_back
from festival.models import AuditEntry, OutgoingMail
from tests.awards.seats.conftest import ADA
from tests.factories.awards import DURING, ApplicantFactory, EntryFactory, JurorFactory

pytestmark = pytest.mark.django_db
TOMORROW = DURING + timedelta(days=1)


def test_a_list_asks_each_once(call, office):
    seated = JurorFactory(call=call, slug="ada-brun", email="", user__email="chair@example.org")
    people = [ADA, Invitee("Ada Brun", "ada.brun@example.org"), Invitee("C", "Chair@example.org")]
    kwargs = {"call_id": call.pk, "invitees": people, "language": "en", "by": office, "now": DURING}
    assert [juror.slug for juror in invite(**kwargs)] == ["ada-brun-2", "ada-brun-3"]
    assert invite(**kwargs) == []
    asked = Juror.objects.get(email=ADA.email)
    assert (asked.state, asked.sort_name, asked.mail_language, asked.user) == ("invited", "Brun Ada", "en", None)
    assert OutgoingMail.objects.filter(kind="jury.invitation", language="en").count() == 2
    assert AuditEntry.objects.filter(verb="juror.invited").count() == 2
    seated.refresh_from_db()
    assert seated.is_seated


def test_who_said_no_can_be_asked_anew(asked, call, office):
    Juror.objects.update(state="declined", answered_at=DURING, answer_word="Pas le temps.")
    (again,) = invite(call_id=call.pk, invitees=[ADA], language="en", by=office, now=TOMORROW)
    assert (again.pk, again.state, again.answer_word, again.mail_language) == (asked.pk, "invited", "", "en")


def test_who_is_asked_is_compared_at_once(call, office):
    EntryFactory(call=call, applicant=ApplicantFactory(email=ADA.email))
    invite(call_id=call.pk, invitees=[ADA], language="fr", by=office, now=DURING)
    assert Recusal.objects.get().tie == "owner"


def test_nobody_is_asked_twice_a_day(asked, call, office):
    later = DURING + timedelta(minutes=5)
    assert not send_again(juror_id=asked.pk, by=office, now=later)
    assert remind(call_id=call.pk, by=office, now=later) == 0
    assert send_again(juror_id=asked.pk, by=office, now=TOMORROW)
    asked.refresh_from_db()
    assert asked.invited_at == TOMORROW
    assert remind(call_id=call.pk, by=office, now=TOMORROW + timedelta(days=1)) == 1
    assert OutgoingMail.objects.filter(kind="jury.invitation").count() == 3


def test_an_invitation_is_taken_back_until_it_is_answered(asked, office):
    for _ in range(2):
        assert take_back(juror_id=asked.pk, by=office, now=DURING).state == "taken_back"
    assert AuditEntry.objects.filter(verb="juror.taken_back").count() == 1
    with pytest.raises(InvitationAnswered):
        send_again(juror_id=asked.pk, by=office, now=TOMORROW)
    Juror.objects.update(state="seated")
    with pytest.raises(InvitationAnswered):
        take_back(juror_id=asked.pk, by=office, now=DURING)
