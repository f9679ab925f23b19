"""What ties jurors to projects is found in their papers, once, and as soon as somebody writes them."""

import pytest
from django.urls import reverse

from awards.entering.inviting import invite
from awards.models import Entry, EntryMember, Recusal, Scorecard
from awards.ties.finding import find, find_all
from festival.models import AuditEntry, User
from tests.factories.applying import WHILE_OPEN
from tests.factories.awards import (
    AFTER,
    BEFORE,
    DURING,
    ApplicantFactory,
    AssignmentFactory,
    EntryFactory,
    JurorFactory,
    score,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def juror():
    return JurorFactory(email="ada@atelier.fr", organisation="L’Atelier")


def entry(juror, address="bo@ailleurs.fr", **fields):
    return EntryFactory(call=juror.call, applicant=ApplicantFactory(email=address), **fields)


def test_find_writes_each_tie_once(juror):
    own, near = entry(juror, "ada@atelier.fr"), entry(juror, holder="l’atelier")
    member = entry(juror, "cy@ailleurs.fr")
    EntryMember.objects.create(entry=member, email="eve@atelier.fr", invited_at=BEFORE)
    entry(juror, "dan@ailleurs.fr")

    assert find_all(DURING) == 3
    assert find(call_id=juror.call_id, now=DURING) == 0
    assert set(Recusal.objects.values_list("entry", "tie", "source")) == {
        (own.pk, "owner", "automatic"),
        (near.pk, "organisation", "automatic"),
        (member.pk, "mail_domain", "automatic"),
    }
    assert set(AuditEntry.objects.filter(verb="recusal.declared").values_list("actor", flat=True)) == {
        "system:conflicts"
    }


def test_find_all_leaves_juries_alone_whose_rounds_are_over(juror):
    entry(juror, "ada@atelier.fr")
    assert find_all(AFTER) == 0


def test_find_voids_the_card_of_a_tied_juror(juror):
    pair = AssignmentFactory(juror=juror, entry=entry(juror))
    card = score(pair, 5, 5)
    type(juror).objects.filter(pk=juror.pk).update(organisation="Association Paliers")

    assert find(call_id=juror.call_id, now=DURING) == 1
    card.refresh_from_db()
    assert (card.state, Recusal.objects.get().when) == (Scorecard.State.VOIDED, Recusal.When.AFTER)


def test_find_is_quick(juror, django_assert_num_queries):
    for number in range(5):
        entry(juror, f"x{number}@ailleurs.fr")
    with django_assert_num_queries(4):
        find(call_id=juror.call_id, now=DURING)


def test_find_of_one_project_leaves_the_others(juror):
    entry(juror, "ada@atelier.fr")
    other = entry(juror, "eve@atelier.fr")
    assert find(call_id=juror.call_id, now=DURING, entry_id=other.pk) == 1
    assert Recusal.objects.get().entry == other


def test_a_member_who_is_invited_is_compared_at_once(juror):
    own = entry(juror, state=Entry.State.SUBMITTED)
    invite(entry_id=own.pk, email="ada@atelier.fr", by=own.applicant, now=WHILE_OPEN)
    assert Recusal.objects.get().tie == "member"


def test_a_juror_whom_the_office_saves_is_compared_at_once(client, juror, during):
    client.force_login(User.objects.create_superuser("admin@example.org"))
    near = entry(juror, holder="Les Fours")
    fields = {"slug": juror.slug, "name": juror.name, "sort_name": juror.sort_name, "organisation": "Les fours"}
    sent = {**fields, "user": juror.user_id, "country": "FR", "role_fr": "", "role_en": "", "bio_fr": "", "bio_en": ""}
    answer = client.post(reverse("juror:edit", args=[juror.pk]), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Recusal.objects.get().entry == near
