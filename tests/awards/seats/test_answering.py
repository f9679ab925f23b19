"""Who is asked says yes, with terms and an account, or no; links end, and say nothing when they are wrong."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from allauth.account.models import EmailAddress

from awards.exceptions.seats import AccountReady, AddressTaken, InvitationAnswered, NotInvited, TermsChanged
from awards.models import Category, Juror, Recusal
from awards.seats.answering import Acceptance, accept, choose_password, decline, invitation_of, lacks_password
from awards.seats.links import GOOD_FOR
from festival.models import AuditEntry, User
from festival.roles import JURY
from tests.factories.awards import DURING, EntryFactory, JurorFactory, both
from tests.factories.festival import UserFactory

pytestmark = pytest.mark.django_db
YES = Acceptance("1.0", 12, ["fr", "en"], [], "L’Atelier")


def test_a_link_is_good_for_three_weeks_from_the_last_mail(asked, link):
    assert invitation_of(link, DURING + GOOD_FOR) == asked
    for wrong in (link[:-1], "", "x.y"):
        with pytest.raises(NotInvited):
            invitation_of(wrong, DURING)
    with pytest.raises(NotInvited):
        invitation_of(link, DURING.astimezone(UTC) + GOOD_FOR + timedelta(seconds=1))
    Juror.objects.update(state="taken_back")
    with pytest.raises(NotInvited):
        invitation_of(link, DURING)


def test_accept_makes_an_account_and_keeps_what_was_said(asked, link, call):
    making = call.categories.get(slug="making")
    Category.objects.create(call=call, slug="other", name=both("Autre"))
    near = EntryFactory(call=call, holder="L’atelier")
    for _ in range(2):
        juror = accept(token=link, acceptance=replace(YES, categories=[making]), now=DURING)
    assert (juror.state, juror.capacity, juror.languages, juror.organisation) == ("seated", 12, "fr, en", "L’Atelier")
    assert (list(juror.categories.all()), juror.terms.version, juror.answered_at) == ([making], "1.0", DURING)
    assert str(juror.terms.text) == "Venir à la finale."
    assert (juror.user.email, str(juror.user)) == ("ada@atelier.fr", "Ada Brun")
    assert list(juror.user.groups.values_list("name", flat=True)) == [JURY]
    assert EmailAddress.objects.get(user=juror.user).verified
    assert Recusal.objects.get().entry == near
    assert AuditEntry.objects.get(verb="juror.accepted").facts["terms"] == "1.0"


def test_accept_takes_the_account_that_is_there(asked, link):
    user = UserFactory(email="ada@atelier.fr")
    assert accept(token=link, acceptance=YES, now=DURING).user == user
    assert User.objects.filter(email__iexact="ada@atelier.fr").count() == 1


def test_accept_refuses_other_terms_a_second_seat_and_who_declined(asked, link, call):
    with pytest.raises(TermsChanged):
        accept(token=link, acceptance=replace(YES, terms_version="0.9"), now=DURING)
    other = JurorFactory(call=call, user__email="ada@atelier.fr")
    with pytest.raises(AddressTaken):
        accept(token=link, acceptance=YES, now=DURING)
    other.delete()
    decline(token=link, word="", now=DURING)
    with pytest.raises(InvitationAnswered):
        accept(token=link, acceptance=YES, now=DURING)


def test_decline_keeps_the_word_once(asked, link):
    for word in ("Pas le temps.", "Encore."):
        decline(token=link, word=word, now=DURING)
    asked.refresh_from_db()
    assert (asked.state, asked.answer_word, asked.user) == ("declined", "Pas le temps.", None)
    assert AuditEntry.objects.filter(verb="juror.declined").count() == 1
    Juror.objects.update(state="seated")
    with pytest.raises(InvitationAnswered):
        decline(token=link, word="", now=DURING)


def test_the_new_account_gets_its_password_once(asked, link):
    accept(token=link, acceptance=YES, now=DURING)
    user = choose_password(token=link, password="fanions-de-juin-29", now=DURING)
    assert user.check_password("fanions-de-juin-29")
    with pytest.raises(AccountReady):
        choose_password(token=link, password="autre-chose-du-tout", now=DURING)


@pytest.mark.parametrize(
    "change", [{"is_staff": True}, {"is_superuser": True}, {"is_active": False}, {"last_login": DURING}]
)
def test_an_invitation_opens_no_account_that_may_do_more(asked, link, change):
    juror = accept(token=link, acceptance=YES, now=DURING)
    assert lacks_password(juror)
    User.objects.filter(pk=juror.user_id).update(**change)
    assert not lacks_password(invitation_of(link, DURING))
