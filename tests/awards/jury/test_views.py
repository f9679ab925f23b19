"""The juror's desk over HTTP: what is shown, saved, refused, and kept from others."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from awards.models import Assignment, Entry, Recusal, Scorecard
from awards.results.deliberation import freeze_result
from tests.factories.awards import (
    AFTER,
    AnswerFactory,
    AssignmentFactory,
    CallFactory,
    EntryFactory,
    JurorFactory,
    QuestionFactory,
    score,
    second_round,
)
from tests.factories.festival import EditionFactory, UserFactory
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
BOTH = {"version": 0, "mark-impact": "4", "mark-spread": "3", "comment": "Solide."}


@pytest.fixture
@remembered
def pair(juror):
    return AssignmentFactory(juror=juror, entry=EntryFactory(call=juror.call, slug="perceuse"))


def sheet(name="jury-entry", slug="perceuse"):
    return reverse(name, args=["prix", slug])


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    "address",
    ["/jury/prix/", "/jury/prix/entries/perceuse/", "/jury/prix/entries/perceuse/step-back/", "/jury/prix/chair/"],
)
def test_jury_pages_send_strangers_to_the_sign_in(client, pair, address):
    response = client.get(address)
    assert (response.status_code, response.url) == (302, f"/fr/compte/login/?next={address}")


@pytest.mark.parametrize("address", ["/jury/prix/", "/jury/prix/entries/perceuse/", "/jury/prix/chair/"])
def test_jury_pages_refuse_accounts_that_are_not_in_the_jury(client, during, pair, address):
    client.force_login(UserFactory())
    assert client.get(address).status_code == 403


def test_jury_pages_ask_for_a_second_factor(client, settings, pair):
    settings.FESTIVAL_CLOCK = "2027-03-20T10:00"
    client.force_login(pair.juror.user)
    response = client.get("/jury/prix/")
    assert (response.status_code, response.url) == (302, reverse("mfa_index"))


def test_home_shows_own_projects_only_with_progress(at_the_desk, during, juror):
    mine = [AssignmentFactory(juror=juror) for _ in range(2)]
    score(mine[0], 4, 4)
    other = AssignmentFactory(juror=JurorFactory(call=juror.call))
    page = text(at_the_desk.get("/jury/prix/"))
    assert "<strong>1</strong> projet évalué sur 2" in page
    assert str(mine[0].entry.title) in page
    assert str(other.entry.title) not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_home_number_of_queries(at_the_desk, during, juror, rows, django_assert_num_queries):
    for _ in range(rows):
        score(AssignmentFactory(juror=juror), 4, 4)
    at_the_desk.get("/jury/prix/")
    with django_assert_num_queries(8):
        at_the_desk.get("/jury/prix/")


@pytest.mark.parametrize("rows", [1, 3])
def test_entry_number_of_queries(at_the_desk, during, juror, pair, rows, django_assert_num_queries):
    for _ in range(rows):
        score(AssignmentFactory(juror=juror), 4, 4)
    score(pair, 4, 4)
    at_the_desk.get(sheet())
    with django_assert_num_queries(14):
        at_the_desk.get(sheet())


def test_entry_shows_marks_in_words_with_their_questions(at_the_desk, during, pair):
    page = text(at_the_desk.get(sheet()))
    assert page.count('type="radio"') == 12
    assert "Exemplaire" in page


@pytest.mark.parametrize("name", ["jury-entry", "jury-recuse"])
def test_entry_of_another_juror_is_not_found(client, during, pair, name):
    other = JurorFactory(call=pair.juror.call)
    client.force_login(other.user)
    assert client.get(sheet(name), follow=True).status_code == 404
    assert client.post(sheet(name), BOTH | {"submit": "1", "reason": "x"}, follow=True).status_code == 404
    assert not Scorecard.objects.exists()
    assert not Recusal.objects.exists()


def test_autosave_of_another_juror_is_not_found(client, during, pair):
    client.force_login(JurorFactory(call=pair.juror.call).user)
    assert client.post(sheet("jury-autosave"), BOTH, follow=True).status_code == 404


def test_entry_never_shows_what_another_juror_wrote(at_the_desk, during, pair):
    other = AssignmentFactory(juror=JurorFactory(call=pair.juror.call), entry=pair.entry)
    score(other, 1, 2, comment="Trop cher, vraiment.")
    page = text(at_the_desk.get(sheet()))
    assert "Trop cher" not in page
    assert other.juror.name not in page
    assert "checked" not in page


def test_entry_submit_saves_and_goes_on_to_the_next(at_the_desk, during, juror, pair):
    following = AssignmentFactory(juror=juror)
    response = at_the_desk.post(sheet(), BOTH | {"submit": "1"})
    assert (response.status_code, response.url) == (302, sheet(slug=following.entry.slug))
    assert Scorecard.objects.get().state == "submitted"


def test_entry_submit_of_the_last_goes_home(at_the_desk, during, pair):
    response = at_the_desk.post(sheet(), BOTH | {"submit": "1"})
    assert (response.status_code, response.url) == (302, "/jury/prix/")


def test_entry_draft_stays_on_the_page(at_the_desk, during, pair):
    response = at_the_desk.post(sheet(), {"version": 0, "mark-impact": "2", "comment": "", "draft": "1"})
    assert (response.status_code, response.url) == (302, sheet())
    assert Scorecard.objects.get().state == "draft"


def test_entry_incomplete_submit_asks_next_to_the_criterion_and_keeps_what_was_typed(at_the_desk, during, pair):
    response = at_the_desk.post(sheet(), {"version": 0, "mark-impact": "4", "comment": "Gardez-moi.", "submit": "1"})
    page = text(response)
    assert response.status_code == 422
    assert response.context["form"].errors == {"mark-spread": ["Choisissez une note."]}
    assert "Gardez-moi." in page
    assert 'id="id_mark-impact_4" checked' in page
    assert not Scorecard.objects.exists()


@pytest.mark.parametrize(
    "data", [{"mark-impact": "9"}, {"mark-impact": "x"}, {"comment": "x" * 4001}, {"version": "x"}]
)
def test_entry_bad_input_is_refused(at_the_desk, during, pair, data):
    assert at_the_desk.post(sheet(), BOTH | data | {"submit": "1"}).status_code == 422
    assert not Scorecard.objects.exists()


def test_entry_changed_elsewhere_keeps_what_was_typed_and_saves_at_the_second_try(at_the_desk, during, pair):
    score(pair, 1, 1)
    response = at_the_desk.post(sheet(), BOTH | {"submit": "1"})
    assert response.status_code == 422
    assert "Solide." in text(response)
    assert 'name="version" value="1"' in text(response)
    assert at_the_desk.post(sheet(), BOTH | {"version": "1", "submit": "1"}).status_code == 302
    assert Scorecard.objects.get().comment == "Solide."


def test_entry_after_the_round_is_locked_and_loses_nothing(at_the_desk, after, pair):
    response = at_the_desk.post(sheet(), BOTH | {"submit": "1"})
    page = text(response)
    assert response.status_code == 422
    assert "Solide." in page
    assert not Scorecard.objects.exists()
    shown = text(at_the_desk.get(sheet()))
    assert "disabled" in shown
    assert 'name="submit"' not in shown


def test_entry_that_left_the_contest_says_why(at_the_desk, during, pair):
    Entry.objects.update(state="withdrawn", state_reason={"fr": "Retrait de l’équipe."})
    page = text(at_the_desk.get(sheet()))
    assert "Retrait de l’équipe." in page
    assert 'name="submit"' not in page


def test_entry_sent_twice_is_a_success(at_the_desk, during, pair):
    for _ in range(2):
        assert at_the_desk.post(sheet(), BOTH | {"submit": "1"}).status_code == 302
    assert Scorecard.objects.get().version == 1


def test_autosave_sent_twice_is_a_success(at_the_desk, during, pair):
    first, second = (at_the_desk.post(sheet("jury-autosave"), BOTH) for _ in range(2))
    assert first.json() == second.json()


def test_entry_shows_the_answers_that_jurors_may_read(at_the_desk, during, pair):
    for audience, value in (("office", "Bureau."), ("chair", "Présidence."), ("jury", "Jury."), ("public", "Tous.")):
        AnswerFactory(entry=pair.entry, question=QuestionFactory(call=pair.entry.call, audience=audience), value=value)
    page = text(at_the_desk.get(sheet()))
    assert [word in page for word in ("Bureau.", "Présidence.", "Jury.", "Tous.")] == [False, False, True, True]


def test_entry_of_a_blind_round_tells_nothing_of_who_applied(at_the_desk, during, pair):
    Entry.objects.update(city="Brest", website="https://paliers.example.org", legal_form="sas_ess")
    hidden = QuestionFactory(call=pair.entry.call, hidden_when_blind=True)
    AnswerFactory(entry=pair.entry, question=hidden, value="Nous, les Paliers.")
    canaries = ("Association Paliers", "Brest", "paliers.example.org", "Nous, les Paliers.")
    assert all(word in text(at_the_desk.get(sheet())) for word in canaries)
    pair.juror.call.rounds.update(is_blind=True)
    for address in ("/jury/prix/", sheet(), sheet("jury-recuse")):
        assert not any(word in text(at_the_desk.get(address)) for word in canaries)


# More than one jury --------------------------------------------------------------------------------------------------


def test_jury_goes_to_the_only_one(at_the_desk, during, juror):
    assert at_the_desk.get("/jury/").url == "/jury/prix/"


def test_jury_lists_the_seats_of_all_editions_and_nobody_else_s(at_the_desk, during, juror):
    past_call = CallFactory(slug="prix-2026", edition=EditionFactory(number=2026, is_current=False))
    past = JurorFactory(user=juror.user, call=past_call)
    CallFactory(slug="foreign")
    page = text(at_the_desk.get("/jury/"))
    assert 'href="/jury/prix/"' in page
    assert 'href="/jury/prix-2026/"' in page
    assert "foreign" not in page
    assert text(at_the_desk.get(f"/jury/{past.call.slug}/"))


def test_jury_shows_organisers_the_chair_s_pages(client, during, juror):
    organiser = UserFactory()
    organiser.user_permissions.add(Permission.objects.get(codename="run_jury"))
    client.force_login(organiser)
    assert 'href="/jury/prix/chair/"' in text(client.get("/jury/"))


def test_jury_refuses_accounts_without_a_seat(client, during, juror):
    client.force_login(UserFactory())
    assert client.get("/jury/").status_code == 403


def test_two_calls_side_by_side_do_not_leak(at_the_desk, during, juror, pair):
    other = AssignmentFactory(juror=JurorFactory(user=juror.user, call__slug="other", call__edition=juror.call.edition))
    Entry.objects.filter(pk=other.entry_id).update(slug="perceuse", title={"fr": "L’autre perceuse"})
    assert "L’autre perceuse" not in text(at_the_desk.get("/jury/prix/"))
    assert "L’autre perceuse" in text(at_the_desk.get("/jury/other/"))
    assert "L’autre perceuse" in text(at_the_desk.get("/jury/other/entries/perceuse/"))
    at_the_desk.post("/jury/other/entries/perceuse/", BOTH | {"submit": "1"})
    assert Scorecard.objects.get().assignment == other
    stranger = JurorFactory(call__slug="third")
    AssignmentFactory(juror=stranger, entry=EntryFactory(call=stranger.call, slug="perceuse"))
    for address in ("/jury/third/", "/jury/third/entries/perceuse/", "/jury/nowhere/"):
        assert at_the_desk.get(address).status_code == 403


def test_chair_of_one_call_is_nobody_in_another(in_the_chair, during):
    JurorFactory(call__slug="other", is_chair=True)
    assert in_the_chair.get("/jury/prix/chair/").status_code == 200
    assert in_the_chair.get("/jury/other/chair/").status_code == 403


@pytest.mark.parametrize("address", ["/jury/prix/", "/jury/prix/chair/"])
def test_jury_without_a_round_says_so(in_the_chair, during, chair, address):
    chair.call.rounds.all().delete()
    assert "pas encore de tour" in text(in_the_chair.get(address))


# The second round ----------------------------------------------------------------------------------------------------


def test_desk_goes_on_to_the_round_that_has_begun(at_the_desk, during, settings, juror, pair):
    score(pair, 4, 4)
    freeze_result(round_id=pair.round_id, by=None, now=AFTER)
    final = second_round(juror.call)
    second = AssignmentFactory(juror=juror, entry=pair.entry, round=final)
    assert at_the_desk.get("/jury/prix/").context["round"] == pair.round
    settings.FESTIVAL_CLOCK = "2027-04-12T10:00"
    page = at_the_desk.get(sheet())
    assert page.context["round"] == final
    assert "checked" not in text(page)
    at_the_desk.post(sheet(), BOTH | {"mark-impact": "0", "submit": "1"})
    assert dict(second.scorecard.scores.values_list("criterion__slug", "value")) == {"impact": 0, "spread": 3}
    assert dict(pair.scorecard.scores.values_list("criterion__slug", "value")) == {"impact": 4, "spread": 4}


def test_autosave_answers_with_the_new_version(at_the_desk, during, pair):
    answer = at_the_desk.post(sheet("jury-autosave"), BOTH).json()
    assert answer == {"message": "Brouillon enregistré à 10\N{NO-BREAK SPACE}h.", "version": 1}
    assert Scorecard.objects.get().state == "draft"


def test_autosave_with_an_old_version_is_a_conflict(at_the_desk, during, pair):
    score(pair, 1, 1, submit=False)
    response = at_the_desk.post(sheet("jury-autosave"), BOTH)
    assert (response.status_code, response.json()["code"]) == (409, "scorecard_changed")


def test_autosave_never_hands_a_card_in(at_the_desk, during, pair):
    at_the_desk.post(sheet("jury-autosave"), BOTH | {"submit": "1"})
    assert Scorecard.objects.get().state == "draft"


def test_autosave_of_a_bad_mark_is_refused(at_the_desk, during, pair):
    assert at_the_desk.post(sheet("jury-autosave"), BOTH | {"mark-impact": "7"}).status_code == 422


def test_step_back_needs_a_reason(at_the_desk, during, pair):
    response = at_the_desk.post(sheet("jury-recuse"), {"reason": " "})
    assert response.status_code == 422
    assert not Recusal.objects.exists()


def test_step_back_closes_the_assignment(at_the_desk, during, pair):
    response = at_the_desk.post(sheet("jury-recuse"), {"reason": "Je connais l’équipe."})
    assert (response.status_code, response.url) == (302, "/jury/prix/")
    assert Assignment.objects.get().state == "recused"
    assert 'name="mark-impact"' not in text(at_the_desk.get(sheet()))
    assert at_the_desk.get(sheet("jury-recuse")).status_code == 302


def test_language_is_chosen_at_the_unprefixed_address(at_the_desk, during, pair):
    response = at_the_desk.get("/jury/prix/?lang=en")
    assert (response.status_code, response.url) == (302, "/jury/prix/")
    assert "Projects to read" in text(at_the_desk.get("/jury/prix/"))
    at_the_desk.get("/jury/prix/?lang=fr")
    assert "Projets à lire" in text(at_the_desk.get("/jury/prix/"))


def test_language_follows_the_browser(at_the_desk, during, pair):
    assert "Projects to read" in text(at_the_desk.get("/jury/prix/", headers={"accept-language": "en-GB"}))


def test_language_unknown_is_ignored(at_the_desk, during, pair):
    assert at_the_desk.get("/jury/prix/?lang=xx").status_code == 200


def test_jury_pages_are_never_cached(at_the_desk, during, pair):
    assert "no-store" in at_the_desk.get("/jury/prix/")["Cache-Control"]
