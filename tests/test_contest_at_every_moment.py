"""The demonstration's contest at each stop of its clock: what can be done there is done, by whoever would do it."""

import re

import pytest
from django.core import mail
from django.test import Client
from lxml import html

from awards.models import Assignment, Call, EntryDraft, Juror, PublicBallot, Scorecard, TallyRow
from festival.demo.awards.applications import APPLICANT, DRAFTS
from festival.demo.clock_stops import CLOCK_STOPS

pytestmark = pytest.mark.week
APPLY = "/fr/prix/candidater/prix-2027/"


@pytest.fixture
def stop(demo, settings):
    """Return a function that goes to a stop of the clock and gives a new visitor's browser there."""
    settings.SECOND_FACTOR_REQUIRED = False

    def go(key):
        settings.FESTIVAL_CLOCK = CLOCK_STOPS[key].at
        return Client()

    return go


def main_of(answer):
    assert answer.status_code == 200, answer
    return html.fromstring(answer.content.decode()).xpath("//main")[0]


def words(answer):
    return " ".join(main_of(answer).text_content().split())


def form_with(answer, field):
    """Return what the form of a page that has this field would send as it stands."""
    form = next(form for form in main_of(answer).xpath(".//form") if field in form.fields)
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def test_calls_open_somebody_goes_on_with_an_application(stop):
    visitor = stop("calls-open")
    presented = visitor.get("/fr/prix/appel/")
    assert "Les candidatures sont ouvertes jusqu’au" in words(presented)
    assert APPLY in main_of(presented).xpath(".//a/@href")
    visitor.post(APPLY, {"email": APPLICANT})
    code = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", mail.outbox[-1].body, re.MULTILINE)[1]
    mine = visitor.post(APPLY, {"code": code}, follow=True)
    assert {draft.title for draft in DRAFTS if draft.email == APPLICANT} <= set(
        main_of(mine).xpath(".//li/h2/a/text()")
    )
    address = next(link.get("href") for link in main_of(mine).xpath(".//li/h2/a") if link.text == DRAFTS[0].title)
    typed = form_with(visitor.get(address), "pitch")
    assert (typed["title"], typed["city"]) == (DRAFTS[0].title, DRAFTS[0].city)
    visitor.post(address, typed | {"city": "Douarnenez"})
    assert EntryDraft.objects.get(entry__uuid=address.split("/")[-2]).typed["city"] == "Douarnenez"


@pytest.mark.parametrize("key", ["jury", "archive"])
def test_later_the_applicant_reads_what_became_of_the_draft(stop, key):
    visitor = stop(key)
    visitor.post(APPLY, {"email": APPLICANT})
    code = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", mail.outbox[-1].body, re.MULTILINE)[1]
    assert "ce brouillon n’avait pas été envoyé" in words(visitor.post(APPLY, {"code": code}, follow=True))


def test_jury_at_work_a_juror_scores_and_the_chair_follows(stop):
    browser = stop("jury")
    browser.force_login(Juror.objects.get(is_chair=True).user)
    assert "L’évaluation se termine le" in words(browser.get("/jury/prix-2027/chair/"))
    begun = Scorecard.objects.select_related("assignment__juror__user", "assignment__entry").get(state="draft")
    browser.force_login(begun.assignment.juror.user)
    address = f"/jury/prix-2027/entries/{begun.assignment.entry.slug}/"
    typed = form_with(browser.get(address), "version")
    assert browser.post(address, typed | {"comment": "Encore une question."}).status_code == 302
    begun.refresh_from_db()
    assert begun.comment == "Encore une question."
    assert not Assignment.objects.filter(entry__title__fr__in=[draft.title for draft in DRAFTS]).exists()


def test_village_open_a_ballot_is_cast_and_counted(stop, run_outbox):
    visitor, before = stop("village"), PublicBallot.objects.count()
    grades = main_of(visitor.get("/fr/prix/vote/")).xpath(".//input[@type='radio' and @value='4']/@name")
    sent = {grades[0]: "4", "email": "voter@example.org"}
    assert visitor.post("/fr/prix/vote/", sent, follow=True).status_code == 200
    run_outbox()
    mailed = next(message for message in mail.outbox if message.to == ["voter@example.org"])
    visitor.post(re.search(r"https?://[^/]+(/\S+/vote/\S+/)", mailed.body)[1])
    assert PublicBallot.objects.count() == before + 1


def test_archive_the_winners_are_named(stop):
    results = words(stop("archive").get("/fr/prix/palmares/"))
    winners = [str(row.entry.title) for row in TallyRow.objects.filter(rank=1).select_related("entry")]
    assert len(winners) == Call.objects.get().categories.count()
    assert [title for title in winners if title not in results] == []
    for key in ("calls-open", "jury", "village", "night"):
        assert "Le palmarès n’est pas encore connu" in words(stop(key).get("/fr/prix/palmares/"))
