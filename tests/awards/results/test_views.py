"""The chair's board over HTTP."""

import csv
import io
import json

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from awards.jury.scoring import recuse
from awards.models import CastingVote, Entry, Tally
from awards.results.deliberation import freeze_result
from tests.factories.awards import DURING, AssignmentFactory, EntryFactory, first_round, score
from tests.factories.festival import UserFactory
from tests.factories.guards import unguard
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


PLANNED = {"when": "planned"}


def uuid_of(slug):
    return str(Entry.objects.get(slug=slug).uuid)


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
@remembered
def entries(juror):
    """Three projects: a is first, b and c are tied; c has a comment."""
    made = [EntryFactory(call=juror.call, slug=slug) for slug in "abc"]
    for entry, mark in zip(made, (5, 3, 3), strict=True):
        score(AssignmentFactory(juror=juror, entry=entry), mark, mark, comment=f"Lu {entry.slug}.")
    return made


ADDRESSES = [
    "/jury/prix/chair/",
    "/jury/prix/chair/ranking.csv",
    "/jury/prix/chair/entries/a/",
    "/jury/prix/chair/ties/b/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_chair_pages_refuse_a_juror(at_the_desk, during, entries, address):
    assert at_the_desk.get(address).status_code == 403


@pytest.mark.parametrize("address", [*ADDRESSES, "/jury/prix/chair/results/00000000-0000-0000-0000-000000000000.json"])
def test_chair_pages_send_strangers_to_the_sign_in(client, entries, address):
    assert client.get(address).url == f"/fr/compte/login/?next={address}"


def test_freeze_and_decide_refuse_a_juror(at_the_desk, after, entries):
    assert at_the_desk.post("/jury/prix/chair/freeze/").status_code == 403
    assert at_the_desk.post("/jury/prix/chair/ties/b/", {"first": uuid_of("b"), "reason": "x"}).status_code == 403
    assert not Tally.objects.exists()
    assert not CastingVote.objects.exists()


@pytest.mark.parametrize("address", ADDRESSES)
def test_chair_pages_open_for_the_chair(in_the_chair, during, entries, address):
    assert in_the_chair.get(address).status_code == 200


def test_chair_pages_open_for_an_organiser_with_the_permission(client, during, entries):
    organiser = UserFactory()
    organiser.user_permissions.add(Permission.objects.get(codename="run_jury"))
    client.force_login(organiser)
    assert client.get("/jury/prix/chair/").status_code == 200
    assert client.post("/jury/prix/chair/ties/b/", {"first": uuid_of("b"), "reason": "x"}).status_code == 200
    assert not CastingVote.objects.exists()


def test_board_shows_ranks_scores_and_the_tie_in_words(in_the_chair, during, entries):
    board = in_the_chair.get("/jury/prix/chair/").context["board"]
    [table] = board.tables
    assert [(line.entry.slug, line.row.rank, str(line.score)) for line in table.ranked] == [
        ("a", 1, "100.00"),
        ("b", 2, "60.00"),
        ("c", 2, "60.00"),
    ]
    assert "leur rang est partagé" in text(in_the_chair.get("/jury/prix/chair/"))


def test_board_shows_projects_out_of_the_contest_without_a_rank(in_the_chair, during, entries):
    Entry.objects.filter(slug="a").update(state="withdrawn", state_reason={"fr": "Projet reporté."})
    response = in_the_chair.get("/jury/prix/chair/")
    [table] = response.context["board"].tables
    assert [(line.entry.slug, line.row.rank) for line in table.others] == [("a", None)]
    assert "Projet reporté." in text(response)


def test_board_shows_recusals_and_counts_what_is_left(in_the_chair, during, juror, entries):
    pair = {"juror_id": juror.pk, "entry_id": entries[0].pk, "round_id": first_round(juror.call).pk}
    recuse(**pair, reason="Cousine du porteur.", by=None, now=DURING)
    response = in_the_chair.get("/jury/prix/chair/")
    board = response.context["board"]
    assert (board.cards_done, board.cards_wanted) == (2, 2)
    assert "Cousine du porteur." in text(response)


@pytest.mark.parametrize("rows", [1, 3])
def test_board_number_of_queries(in_the_chair, during, juror, rows, django_assert_num_queries):
    for number in range(rows):
        score(AssignmentFactory(juror=juror), number, number)
    in_the_chair.get("/jury/prix/chair/")
    with django_assert_num_queries(25):
        in_the_chair.get("/jury/prix/chair/")


def test_entry_shows_cards_and_comments(in_the_chair, during, juror, entries):
    page = text(in_the_chair.get("/jury/prix/chair/entries/c/"))
    assert "Lu c." in page
    assert "Lu a." not in page
    assert juror.name in page


def test_decide_then_freeze(in_the_chair, after, entries):
    assert (
        in_the_chair.post("/jury/prix/chair/ties/b/", {"first": uuid_of("c"), "reason": "Plus jeune."}).status_code
        == 302
    )
    assert in_the_chair.post("/jury/prix/chair/freeze/", PLANNED).status_code == 302
    tally = Tally.objects.get()
    assert list(tally.rows.values_list("entry__slug", "rank")) == [("a", 1), ("c", 2), ("b", 3)]
    page = text(in_the_chair.get("/jury/prix/chair/"))
    assert tally.input_sha256 in page
    assert "repose exactement sur les évaluations" in page


def test_decide_without_a_reason_keeps_the_choice(in_the_chair, during, entries):
    response = in_the_chair.post("/jury/prix/chair/ties/b/", {"first": uuid_of("c"), "reason": ""})
    assert response.status_code == 422
    assert "checked" in text(response)


def test_decide_project_that_is_not_tied_is_not_found(in_the_chair, during, entries):
    assert in_the_chair.get("/jury/prix/chair/ties/a/", follow=True).status_code == 404


def test_freeze_too_early_says_when(in_the_chair, during, entries):
    page = text(in_the_chair.post("/jury/prix/chair/freeze/", PLANNED))
    assert "lundi 5 avril 2027 à 23 h 59" in page
    assert not Tally.objects.exists()


def test_freeze_with_a_tie_at_the_cut_says_so(in_the_chair, after, entries):
    assert "dernière place de finaliste" in text(in_the_chair.post("/jury/prix/chair/freeze/", PLANNED))


def test_dossier_recomputes(in_the_chair, after, entries):
    in_the_chair.post("/jury/prix/chair/ties/b/", {"first": uuid_of("c"), "reason": "Plus jeune."})
    in_the_chair.post("/jury/prix/chair/freeze/", PLANNED)
    tally = Tally.objects.get()
    dossier = json.loads(in_the_chair.get(reverse("jury-dossier", args=["prix", tally.uuid])).content)
    assert (dossier["input"], dossier["input_sha256"]) == (tally.input, tally.input_sha256)


def test_ranking_opens_in_a_french_and_an_english_spreadsheet(in_the_chair, during, entries):
    Entry.objects.filter(slug="a").update(title={"fr": "=1+1", "en": "=1+1"})
    rows = read(in_the_chair.get("/jury/prix/chair/ranking.csv"), ";")
    assert rows[1][:8] == ["Fabriquer", "1", "'=1+1", "Association Paliers", "recevable", "oui", "100,00", "1"]
    in_the_chair.get("/jury/prix/?lang=en")
    in_the_chair.cookies["django_language"] = "en"
    assert read(in_the_chair.get("/jury/prix/chair/ranking.csv"), ",")[0][0] == "Category"


def read(response, delimiter):
    content = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content), delimiter=delimiter))


# A chair who judges too ----------------------------------------------------------------------------------------------


@pytest.fixture
@remembered
def owed(chair, entries):
    """The chair still owes a card of project a."""
    return AssignmentFactory(juror=chair, entry=entries[0])


def test_board_of_a_chair_who_owes_a_card_has_no_ranking(in_the_chair, during, entries, owed):
    response = in_the_chair.get("/jury/prix/chair/")
    board = response.context["board"]
    assert (board.tables, board.open_ties) == ((), ())
    assert (board.cards_done, board.cards_wanted) == (3, 4)
    page = text(response)
    assert "Il vous reste des évaluations à rendre" in page
    assert "100,00" not in page
    assert "ranking.csv" not in page
    assert board.fingerprint == ""
    assert "Empreinte" not in page


@pytest.mark.parametrize("address", ADDRESSES[1:])
def test_chair_who_owes_a_card_sees_nothing_of_the_others(in_the_chair, during, entries, owed, address):
    response = in_the_chair.get(address)
    assert (response.status_code, response.url) == (302, "/jury/prix/chair/")


def test_chair_who_owes_a_card_casts_no_vote(in_the_chair, during, entries, owed):
    in_the_chair.post("/jury/prix/chair/ties/b/", {"first": uuid_of("b"), "reason": "x"})
    assert not CastingVote.objects.exists()


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_chair_sees_the_ranking_once_the_own_cards_are_handed_in(in_the_chair, during, entries, owed, state):
    score(owed, 5, 5, submit=state == "submitted")
    assert bool(in_the_chair.get("/jury/prix/chair/").context["board"].tables) is (state == "submitted")


def test_chair_who_stepped_back_owes_nothing(in_the_chair, during, entries, owed):
    pair = {"juror_id": owed.juror_id, "entry_id": owed.entry_id, "round_id": owed.round_id}
    recuse(**pair, reason="Amie.", by=None, now=DURING)
    assert in_the_chair.get("/jury/prix/chair/").context["board"].tables


def test_chair_sees_the_ranking_when_the_round_is_over(in_the_chair, after, entries, owed):
    assert "1 évaluation sur 4 manque" in text(in_the_chair.get("/jury/prix/chair/"))
    page = text(in_the_chair.get("/jury/prix/chair/freeze/")).replace("\N{NO-BREAK SPACE}", " ")
    assert "1 évaluation manque" in page
    assert owed.juror.name in page
    assert str(owed.entry.title) in page
    assert "jeudi 8 avril 2027" in page


def test_decide_by_a_chair_who_stepped_back_says_why_not(in_the_chair, during, chair, entries):
    pair = {"juror_id": chair.pk, "entry_id": entries[1].pk, "round_id": first_round(chair.call).pk}
    recuse(**pair, reason="Amie.", by=None, now=DURING)
    response = in_the_chair.post("/jury/prix/chair/ties/b/", {"first": uuid_of("b"), "reason": "Mieux."})
    assert response.status_code == 422
    assert "vous n’avez pas de voix" in text(response)
    assert not CastingVote.objects.exists()


# Stepped back, edited, frozen with less, published -------------------------------------------------------------------


@pytest.fixture
@remembered
def barred(chair, entries):
    """The chair stepped back from c, which is tied with b."""
    pair = {"juror_id": chair.pk, "entry_id": entries[2].pk, "round_id": first_round(chair.call).pk}
    return recuse(**pair, reason="Amie.", by=None, now=DURING)


def test_chair_who_stepped_back_sees_no_card_of_it_before_the_result(in_the_chair, during, entries, barred):
    response = in_the_chair.get("/jury/prix/chair/")
    [table] = response.context["board"].tables
    hidden = next(line for line in table.ranked if line.entry.slug == "c")
    assert (hidden.score, hidden.cards, set(hidden.means)) == (None, None, {None})
    assert "60,00" in text(response)  # of b, from which nobody stepped back
    assert table.ties == ()
    assert "ties/" not in text(response)
    assert in_the_chair.get("/jury/prix/chair/entries/c/").url == "/jury/prix/chair/"
    rows = read(in_the_chair.get("/jury/prix/chair/ranking.csv"), ";")
    assert next(row for row in rows if row[2] == "Projet c")[6:10] == ["", "", "", ""]
    assert "vous n’avez pas de voix" in text(in_the_chair.get("/jury/prix/chair/ties/b/"))


def test_chair_who_stepped_back_sees_the_cards_with_the_result(in_the_chair, after, entries, barred):
    Entry.objects.filter(slug="b").update(state="withdrawn")
    freeze_result(round_id=first_round(barred.juror.call).pk, by=None, now=DURING.replace(month=4, day=6))
    assert "Lu c." in text(in_the_chair.get("/jury/prix/chair/entries/c/"))


@pytest.fixture
def frozen(after, entries):
    Entry.objects.filter(slug="c").update(state="withdrawn")
    return freeze_result(round_id=first_round(entries[0].call).pk, by=None, now=DURING.replace(month=4, day=6))


@pytest.mark.unsound  # the books are falsified on purpose
@pytest.mark.parametrize("column", ["input", "names"])
def test_dossier_that_was_edited_is_not_given_out(in_the_chair, frozen, column):
    edited = dict(getattr(frozen, column)) | {"added": "x"}
    unguard()
    Tally.objects.update(**{column: edited})
    address = reverse("jury-dossier", args=["prix", frozen.uuid])
    assert in_the_chair.get(address).status_code == 302
    page = text(in_the_chair.get("/jury/prix/chair/"))
    assert "ne correspond plus à son empreinte" in page
    assert address not in page
    publication = reverse("jury-publication", args=["prix", frozen.uuid])
    assert in_the_chair.post(publication, {"when": "now"}).status_code == 422


def test_freeze_with_cards_missing_asks_for_the_reason(in_the_chair, after, owed, entries):
    Entry.objects.filter(slug="c").update(state="withdrawn")
    response = in_the_chair.post("/jury/prix/chair/freeze/", PLANNED)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["reason"])
    assert not Tally.objects.exists()
    in_the_chair.post("/jury/prix/chair/freeze/", PLANNED | {"reason": "Malade."})
    assert Tally.objects.get().reason == "Malade."
    assert "Malade." in text(in_the_chair.get("/jury/prix/chair/"))


def test_freeze_asks_when_finalists_become_public_once_the_plan_is_past(in_the_chair, after, settings, entries):
    settings.FESTIVAL_CLOCK = "2027-04-20T10:00"
    Entry.objects.filter(slug="c").update(state="withdrawn")
    page = in_the_chair.get("/jury/prix/chair/freeze/")
    assert [value for value, _ in page.context["form"].fields["when"].choices] == ["at", "now", "later"]
    for data in (
        {},
        PLANNED,
        {"when": "at"},
        {"when": "at", "moment": "2027-04-20T09:59"},
        {"when": "at", "moment": "x"},
    ):
        assert in_the_chair.post("/jury/prix/chair/freeze/", data).status_code == 422
    in_the_chair.post("/jury/prix/chair/freeze/", {"when": "later"})
    assert Tally.objects.get().announced_at is None
    assert "Projet a" not in text(in_the_chair.get("/fr/prix/projets/"))
    address = reverse("jury-publication", args=["prix", Tally.objects.get().uuid])
    in_the_chair.post(address, {"when": "at", "moment": "2027-04-21T09:00"})
    assert "Projet a" not in text(in_the_chair.get("/fr/prix/projets/"))
    settings.FESTIVAL_CLOCK = "2027-04-21T09:00"
    assert "Projet a" in text(in_the_chair.get("/fr/prix/projets/"))


def test_a_newer_result_does_not_take_the_public_one_away(in_the_chair, frozen, settings, entries):
    settings.FESTIVAL_CLOCK = "2027-04-20T10:00"
    assert "Projet b" in text(in_the_chair.get("/fr/prix/projets/"))
    Entry.objects.filter(slug="c").update(state="eligible")
    in_the_chair.post("/jury/prix/chair/ties/c/", {"first": uuid_of("c"), "reason": "Plus jeune."})
    in_the_chair.post("/jury/prix/chair/freeze/", {"when": "later"})
    assert Tally.objects.count() == 2
    assert "Projet b" in text(in_the_chair.get("/fr/prix/projets/"))
    in_the_chair.post(reverse("jury-publication", args=["prix", Tally.objects.first().uuid]), {"when": "now"})
    page = text(in_the_chair.get("/fr/prix/projets/"))
    assert ("Projet b" in page, "Projet c" in page) == (False, True)


def test_a_draft_is_for_nobody_of_the_jury(in_the_chair, chair, after):
    entry = EntryFactory(call=chair.call, slug="draft-1", state="draft")
    address = f"/jury/prix/chair/entries/{entry.slug}/"
    assert in_the_chair.get(address).status_code == 404
    Entry.objects.filter(pk=entry.pk).update(state="eligible")
    assert in_the_chair.get(address).status_code == 200
