"""The page of the vote in both languages, without scripts: grade, mail, link, button; no total before its moment."""

import re

import pytest

from awards.models import PublicBallot, SentBallot
from awards.voting import links
from awards.voting.closing import freeze_vote
from festival.models import OutgoingMail
from tests.awards.voting.conftest import ANNOUNCED, CLOSED, cast, uuid_of

pytestmark = pytest.mark.django_db
PAGES = {"fr": "/fr/prix/vote/", "en": "/en/awards/vote/"}


def posted(box, email="zoe@example.org", **given):
    fields = {f"grade-{uuid_of(box, slug).replace('-', '')}": str(grade) for slug, grade in given.items()}
    return fields | {"email": email}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_all_finalists_are_on_one_page(client, ballot_box, during_vote, language):
    response = client.get(PAGES[language])

    html = response.text
    assert response.status_code == 200
    assert html.count("<fieldset") == 2
    assert html.count('type="radio"') == 12
    assert "third" not in html
    assert "no-store" in response["Cache-Control"]


def test_a_ballot_goes_from_the_page_to_the_count(client, ballot_box, during_vote, run_outbox, mailoutbox):
    response = client.post(PAGES["fr"], posted(ballot_box, first=4))
    assert response.status_code == 302
    assert "Presque fini" in client.get(response["Location"]).text

    run_outbox()
    link = re.search(r"https?://[^/]+(/fr/prix/vote/\S+/)", mailoutbox[0].body)[1]
    assert client.get(link).status_code == 200
    assert not PublicBallot.objects.exists(), "programs that look at mails open links"

    counted = client.post(link)

    assert counted.status_code == 302
    own = client.get(counted["Location"]).text
    assert "Votre bulletin est dans l’urne" in own
    assert re.search(r'value="4"[^>]*checked', own)
    assert list(PublicBallot.objects.get().grades.values_list("entry__slug", "value")) == [("first", 4)]


def test_what_is_wrong_is_said_and_nothing_is_lost(client, ballot_box, during_vote):
    response = client.post(PAGES["en"], posted(ballot_box, email="nobody", first=3))

    assert response.status_code == 422
    assert re.search(r'value="3"[^>]*checked', response.text)
    assert 'value="nobody"' in response.text

    empty = client.post(PAGES["en"], posted(ballot_box))
    assert "Grade at least one project." in empty.text
    strange = client.post(PAGES["en"], posted(ballot_box, first=9))
    assert "Choose one of these grades." in strange.text
    assert not SentBallot.objects.exists()


def test_the_answer_is_the_same_for_whoever_has_voted(client, ballot_box, during_vote):
    new = client.post(PAGES["en"], posted(ballot_box, first=4))
    SentBallot.objects.get()
    known = client.post(PAGES["en"], posted(ballot_box, first=1))

    assert (new.status_code, new["Location"]) == (known.status_code, known["Location"])


def test_a_mailbox_cannot_be_filled(client, ballot_box, during_vote):
    answers = [client.post(PAGES["en"], posted(ballot_box, first=4)) for _ in range(7)]

    assert [answer.status_code for answer in answers] == [302] * 6 + [429]
    assert OutgoingMail.objects.count() == 6
    assert "try again" in answers[-1].text


def test_a_link_that_we_did_not_make_or_that_is_over_is_said(client, ballot_box, during_vote):
    assert client.get("/en/awards/vote/abc/").status_code == 404
    client.post(PAGES["en"], posted(ballot_box, first=4))
    address = f"/en/awards/vote/{links.token(SentBallot.objects.get().uuid)}/"
    SentBallot.objects.all().delete()

    assert client.get(address).status_code == 410
    assert client.post(address).status_code == 410


def test_after_the_end_nothing_is_taken(client, ballot_box, during_vote, settings):
    client.post(PAGES["en"], posted(ballot_box, first=4))
    address = f"/en/awards/vote/{links.token(SentBallot.objects.get().uuid)}/"
    settings.FESTIVAL_CLOCK = "2027-05-05T00:00:00"

    assert client.post(address).status_code == 409
    page = client.post(PAGES["en"], posted(ballot_box, first=4))
    assert "The vote is over. Its result is announced on" in page.text
    assert "<form" not in page.text.split("<main")[1].split("</main")[0]
    assert not PublicBallot.objects.exists()


def test_no_answer_tells_a_total_before_its_moment(client, ballot_box, settings):
    for number in range(17):
        cast(ballot_box, f"x{number}", first=4)
    freeze_vote(round_id=ballot_box.pk, by=None, now=CLOSED)

    for moment in ("2027-04-25T12:00", "2027-05-05T10:00", "2027-05-07T17:59:59"):
        settings.FESTIVAL_CLOCK = moment
        for address in ("/en/awards/vote/", "/en/awards/projects/", "/en/awards/projects/first/", "/en/"):
            response = client.get(address)
            main = response.text.split("<main")[1].split("</main")[0]
            assert response.status_code == 200
            assert not re.search(r"\b17\b", re.sub(r"<[^>]+>", " ", main)), (moment, address)

    settings.FESTIVAL_CLOCK = "2027-05-07T18:00:00"
    result = client.get(PAGES["en"]).text
    assert "17 ballots were counted." in result
    assert "The public’s prize goes to “Project first”." in result
    assert "Excellent" in result
    assert ANNOUNCED


def test_without_a_vote_there_is_no_page(client, settings):
    settings.FESTIVAL_CLOCK = "2027-04-25T12:00"

    assert client.get(PAGES["en"]).status_code == 404


def test_the_finalists_lead_to_the_vote_while_it_is_open(client, ballot_box, during_vote, settings):
    for address in ("/en/awards/projects/", "/en/awards/projects/first/"):
        assert "/en/awards/vote/" in client.get(address).text
    settings.FESTIVAL_CLOCK = "2027-05-05T10:00"
    assert "/en/awards/vote/" not in client.get("/en/awards/projects/").text


def test_the_page_asks_the_database_so_often(client, ballot_box, during_vote, django_assert_num_queries):
    client.get(PAGES["en"])

    with django_assert_num_queries(2):
        client.get(PAGES["en"])


@pytest.mark.parametrize("button", [{"by": "ticket"}, {"by": "mail"}, {}])
def test_who_has_a_ticket_votes_at_once_and_sees_and_changes_the_ballot(
    client, ballot_box, during_vote, settings, button
):
    """The Enter key presses the first button of a form: what was filled in says the way."""
    answer = client.post(PAGES["fr"], posted(ballot_box, email="", first=4) | {"ticket": "AAAA-AAAA"} | button)

    own = answer["Location"].partition("?")[0]
    page = client.get(answer["Location"]).text
    assert "Votre bulletin est dans l’urne" in page
    assert OutgoingMail.objects.count() == 0
    settings.FESTIVAL_CLOCK = "2027-04-25T13:00"
    changed = client.post(own, posted(ballot_box, first=1) | {"change": "1"})
    assert changed.status_code == 302
    assert re.search(r'value="1"[^>]*checked', client.get(own).text)
    assert client.post(own, {"change": "1"}).status_code == 422
    settings.FESTIVAL_CLOCK = "2027-05-05T10:00"
    assert client.post(own, posted(ballot_box, first=2) | {"change": "1"}).status_code == 409
    closed = client.get(own).text
    assert "Passable" in closed
    assert "<form" not in closed.split("<main")[1].split("</main")[0]


def test_a_code_that_is_none_says_so_as_often_as_one_may_guess(client, ballot_box, during_vote):
    ask = posted(ballot_box, email="", first=4) | {"by": "ticket"}
    assert "Il manque le code" in client.post(PAGES["fr"], ask).text

    answers = [client.post(PAGES["fr"], ask | {"ticket": f"{number}"}) for number in range(301)]

    assert {answer.status_code for answer in answers[:-1]} == {422}
    assert "Aucun billet valable" in answers[0].text
    assert answers[-1].status_code == 429
    assert client.post(PAGES["fr"], ask | {"ticket": "AAAA-AAAA"}).status_code == 429, "a right one tells no more"
    assert not PublicBallot.objects.exists()


@pytest.mark.parametrize(("voters", "shown", "hidden"), [("mail", "email", "ticket"), ("ticket", "ticket", "email")])
def test_a_round_shows_only_its_ways(client, ballot_box, during_vote, voters, shown, hidden):
    ballot_box.voters = voters
    ballot_box.save()

    page = client.get(PAGES["fr"]).text

    assert f'name="{shown}"' in page
    assert f'name="{hidden}"' not in page


def test_the_link_of_the_mail_leads_to_the_ballot_until_the_count(client, ballot_box, during_vote, settings):
    client.post(PAGES["en"], posted(ballot_box, first=4))
    link = f"/en/awards/vote/{links.token(SentBallot.objects.get().uuid)}/"
    client.post(link)

    assert "My ballot" in client.get(link).text
    assert client.post(link).status_code == 302, "the button once more changes nothing"
    settings.FESTIVAL_CLOCK = "2027-04-26T12:00"
    assert client.post(link, posted(ballot_box, first=2) | {"change": "1"}).status_code == 302
    assert list(PublicBallot.objects.get().grades.values_list("value", flat=True)) == [2]
