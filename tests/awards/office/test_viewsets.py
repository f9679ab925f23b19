"""The admin screens: lists, forms, what they refuse, what they never delete."""

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.exceptions import AssignmentInUse
from awards.jury.scoring import recuse
from awards.models import Assignment, Category, Entry
from awards.results.deliberation import freeze_result
from awards.wording import plain_sentence
from festival.core.writing import site_generation
from festival.models import AuditEntry, User
from tests.factories.awards import (
    AFTER,
    DURING,
    AssignmentFactory,
    CallFactory,
    EntryFactory,
    JurorFactory,
    first_round,
    score,
)
from tests.factories.festival import EditionFactory, UserFactory
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(User.objects.create_superuser("admin@example.org"))
    return client


def formset(prefix, rows, initial=0):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    data |= {f"{prefix}-MIN_NUM_FORMS": 0, f"{prefix}-MAX_NUM_FORMS": 1000}
    for place, row in enumerate(rows):
        data |= {f"{prefix}-{place}-{name}": value for name, value in row.items()} | {f"{prefix}-{place}-ORDER": place}
    return data


def texts(name, text):
    return {f"{name}_{code}": words for code, words in text.as_dict().items()}


def rubric_data(rubric, scale=None, **criteria):
    """The form of a rubric as the browser sends it; `criteria` overrides fields by slug."""
    rows = [
        {"id": item.pk, "slug": item.slug, "weight": item.weight, "tie_break": item.tie_break or ""}
        | texts("name", item.name)
        | criteria.get(item.slug, {})
        for item in rubric.criteria.all()
    ]
    new = [row for slug, row in criteria.items() if slug not in {item["slug"] for item in rows}]
    levels = [
        {"id": level.pk, "value": level.value} | texts("label", level.label) | (scale or {}).get(level.value, {})
        for level in rubric.scale.all()
    ]
    return {
        "call": rubric.call_id,
        **texts("name", rubric.name),
        **formset("criteria", rows + new, len(rows)),
        **formset("scale", levels, len(levels)),
    }


def moment(value):
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


def call_data(call, category=None, **rounds):
    """The form of a call as the browser sends it; `rounds` overrides fields by kind."""
    categories = [{"id": item.pk, "slug": item.slug} | texts("name", item.name) for item in call.categories.all()]
    rows = [
        {
            "id": item.pk,
            "order": item.order,
            "kind": item.kind,
            "mode": item.mode,
            "opens": moment(item.opens),
            "closes": moment(item.closes),
            "announced_at": moment(item.announced_at),
            "rubric": item.rubric_id or "",
            "follows": item.follows_id or "",
            "readers_per_entry": item.readers_per_entry,
            "finalists_per_category": item.finalists_per_category,
            "tally_method": item.tally_method,
            "told_hours_before": item.told_hours_before,
            "voters": item.voters,
            "least_views": item.least_views,
        }
        | texts("name", item.name)
        | rounds.get(item.kind, {})
        for item in call.rounds.all()
    ]
    new = [
        {"least_views": 3, "told_hours_before": 24, "voters": "both"} | row
        for kind, row in rounds.items()
        if kind not in {item["kind"] for item in rows}
    ]
    return {
        "edition": call.edition_id,
        "slug": call.slug,
        **texts("name", call.name),
        "opens": moment(call.opens),
        "closes": moment(call.closes),
        "rules_version": "1.0",
        "jury_terms_version": "1.0",
        "grace_minutes": 30,
        "quorum_percent": 50,
        **formset("prizes", []),
        **formset("categories", [row | (category or {}) for row in categories], len(categories)),
        **formset("rounds", rows + new, len(rows)),
    }


def errors(response):
    return [str(error) for error in response.context["form"].non_field_errors()]


@pytest.mark.parametrize("name", ["entry", "juror", "assignment", "call", "rubric"])
def test_lists_and_forms_open(staff, name):
    pair = AssignmentFactory()
    assert staff.get(reverse(f"{name}:index")).status_code == 200
    assert staff.get(reverse(f"{name}:add")).status_code == 200
    if name != "assignment":
        row = {"entry": pair.entry, "juror": pair.juror, "call": pair.juror.call, "rubric": pair.round.rubric}[name]
        assert staff.get(reverse(f"{name}:edit", args=[row.pk])).status_code == 200


@pytest.mark.parametrize("name", ["entry", "juror", "assignment"])
def test_lists_are_exported(staff, name):
    AssignmentFactory()
    response = staff.get(reverse(f"{name}:index"), {"export": "csv"})
    assert len(b"".join(response.streaming_content).splitlines()) == 2


def test_an_export_holds_no_formulas(staff):
    EntryFactory(holder="=HYPERLINK(1)")
    response = staff.get(reverse("entry:index"), {"export": "csv"})
    assert b"'=HYPERLINK(1)" in b"".join(response.streaming_content)


def test_entries_are_searched_and_filtered(staff):
    call = CallFactory()
    for slug, state in (("perceuse", "eligible"), ("semis", "withdrawn")):
        EntryFactory(call=call, slug=slug, state=state)
    found = staff.get(reverse("entry:index"), {"q": "perceuse"}).context["object_list"]
    assert [entry.slug for entry in found] == ["perceuse"]
    found = staff.get(reverse("entry:index"), {"state": "withdrawn"}).context["object_list"]
    assert [entry.slug for entry in found] == ["semis"]


def test_call_is_saved_recorded_and_the_site_starts_a_new_generation(staff):
    call = CallFactory()
    before = site_generation()
    data = call_data(call, jury={"finalists_per_category": 5}) | {"name_en": "The Awards"}
    assert staff.post(reverse("call:edit", args=[call.pk]), data).status_code == 302
    assert first_round(call).finalists_per_category == 5
    assert site_generation() != before
    entry = AuditEntry.objects.get(verb="call.changed")
    assert (entry.subject_id, entry.facts) == (str(call.pk), {"fields": ["name", "rounds"]})


def test_call_category_with_projects_stays(staff):
    entry = EntryFactory()
    response = staff.post(reverse("call:edit", args=[entry.call_id]), call_data(entry.call, {"DELETE": "on"}))
    assert "Fabriquer" in errors(response)[0]
    assert entry.call.categories.count() == 1


def test_call_takes_a_second_round_that_follows_the_first(staff):
    call = CallFactory()
    first = first_round(call)
    row = {"order": 2, "kind": "final", "mode": "score", "name_fr": "Finale", "name_en": "Final"}
    row |= {"opens": "2027-04-10 09:00", "closes": "2027-04-15 18:00", "announced_at": "", "rubric": first.rubric_id}
    row |= {"follows": first.pk, "readers_per_entry": 3, "finalists_per_category": 1}
    row |= {"tally_method": "mixed", "pools_earlier": "on"}
    assert staff.post(reverse("call:edit", args=[call.pk]), call_data(call, final=row)).status_code == 302
    final = call.rounds.get(order=2)
    assert (final.follows, final.tally_method, final.pools_earlier) == (first, "mixed", True)


def test_call_offers_its_own_rubrics_and_rounds_only(staff):
    call, other = CallFactory(), CallFactory()
    page = staff.get(reverse("call:edit", args=[call.pk]))
    formset = page.context["form"].formsets["rounds"]
    for form in (*formset.forms, formset.empty_form):
        assert set(form.fields["rubric"].queryset) == {first_round(call).rubric}
        assert set(form.fields["follows"].queryset) == set(call.rounds.all())
    data = call_data(call, jury={"rubric": first_round(other).rubric_id})
    assert staff.post(reverse("call:edit", args=[call.pk]), data).status_code == 200
    assert first_round(call).rubric.call == call


@pytest.mark.parametrize("change", [{"mode": "rank", "rubric": ""}, {"kind": "screening"}])
def test_call_round_with_cards_keeps_how_it_is_judged(staff, change):
    pair = AssignmentFactory()
    score(pair, 3, 3)
    call = pair.juror.call
    response = staff.post(reverse("call:edit", args=[call.pk]), call_data(call, jury=change))
    assert errors(response)[0].startswith("1 évaluation utilise cette grille")
    assert (first_round(call).mode, first_round(call).kind) == ("score", "jury")


def test_call_round_with_assignments_stays(staff):
    call = AssignmentFactory().juror.call
    staff.post(reverse("call:edit", args=[call.pk]), call_data(call, jury={"DELETE": "on"}))
    assert call.rounds.count() == 2


def test_call_that_closes_before_it_opens_is_refused(staff):
    call = CallFactory()
    data = call_data(call) | {"closes": "2026-01-01 10:00"}
    assert staff.post(reverse("call:edit", args=[call.pk]), data).status_code == 200


# The rubric ----------------------------------------------------------------------------------------------------------


def edit(staff, rubric, **changes):
    return staff.post(reverse("rubric:edit", args=[rubric.pk]), rubric_data(rubric, **changes))


@pytest.fixture
@remembered
def rubric():
    return first_round(CallFactory()).rubric


def test_rubric_without_cards_can_be_changed(staff, rubric):
    assert edit(staff, rubric, impact={"weight": 70}, spread={"weight": 30}).status_code == 302
    assert list(rubric.criteria.values_list("slug", "weight")) == [("impact", 70), ("spread", 30)]


def test_rubric_whose_weights_do_not_make_100_is_refused(staff, rubric):
    assert errors(edit(staff, rubric, impact={"weight": 70})) == [
        "Les poids des critères doivent faire 100 ensemble\N{NARROW NO-BREAK SPACE}; ils font 110."
    ]
    assert rubric.criteria.get(slug="impact").weight == 60


def test_rubric_without_a_mark_above_zero_is_refused(staff, rubric):
    assert edit(staff, rubric, scale={value: {"DELETE": "on"} for value in range(1, 6)}).status_code == 200
    assert rubric.scale.count() == 6


NEW = {"slug": "new", "weight": 10, "tie_break": "", "name_fr": "Neuf", "name_en": "New"}


@pytest.mark.parametrize(
    "changes",
    [
        {"impact": {"weight": 70}, "spread": {"weight": 30}},
        {"impact": {"tie_break": ""}},
        {"impact": {"weight": 100}, "spread": {"DELETE": "on"}},
        {"impact": {"weight": 50}, "new": NEW},
        {"scale": {5: {"DELETE": "on"}}},
        {"scale": {0: {"DELETE": "on"}}},
    ],
)
@pytest.mark.parametrize("submit", [True, False])
def test_rubric_with_cards_is_frozen_and_says_how_many(staff, rubric, changes, submit):
    pairs = [AssignmentFactory(juror__call=rubric.call) for _ in range(2)]
    for pair in pairs:
        score(pair, 3, 3, submit=submit)
    before = list(rubric.criteria.values()), list(rubric.scale.values())
    assert errors(edit(staff, rubric, **changes))[0].startswith("2 évaluations utilisent cette grille")
    assert (list(rubric.criteria.values()), list(rubric.scale.values())) == before


def test_rubric_with_cards_can_have_its_words_mended(staff, rubric):
    score(AssignmentFactory(juror__call=rubric.call), 3, 3)
    assert edit(staff, rubric, impact={"question_fr": "À qui manquerait-il ?"}).status_code == 302
    assert rubric.criteria.get(slug="impact").question.exact("fr") == "À qui manquerait-il ?"


def test_rubric_is_not_held_by_the_cards_of_another_call(staff, rubric):
    score(AssignmentFactory(), 3, 3)
    assert edit(staff, rubric, impact={"weight": 70}, spread={"weight": 30}).status_code == 302


def test_a_new_rubric_is_the_next_version_of_its_call(staff, rubric):
    data = rubric_data(rubric)
    data |= {f"{prefix}-INITIAL_FORMS": 0 for prefix in ("criteria", "scale")}
    data = {key: value for key, value in data.items() if not key.endswith("-id")}
    assert staff.post(reverse("rubric:add"), data).status_code == 302
    assert list(rubric.call.rubrics.values_list("version", flat=True)) == [1, 2]
    assert AuditEntry.objects.filter(verb="rubric.created").count() == 1


@pytest.mark.parametrize("name", ["entry", "juror", "call", "rubric"])
def test_rows_are_never_deleted(staff, name):
    pair = AssignmentFactory()
    row = {"entry": pair.entry, "juror": pair.juror, "call": pair.juror.call, "rubric": pair.round.rubric}[name]
    staff.post(reverse(f"{name}:delete", args=[row.pk]))
    assert type(row).objects.filter(pk=row.pk).exists()


def test_assignment_is_added_and_recorded_unless_the_juror_stepped_back(staff):
    juror = JurorFactory()
    entry = EntryFactory(call=juror.call)
    pair = {"round": first_round(juror.call).pk, "juror": juror.pk}
    staff.post(reverse("assignment:add"), pair | {"entry": entry.pk})
    assert Assignment.objects.get().entry == entry
    assert AuditEntry.objects.get(verb="assignment.made").actor == f"user:{User.objects.get(is_superuser=True).pk}"
    other = EntryFactory(call=juror.call)
    recuse(juror_id=juror.pk, entry_id=other.pk, round_id=pair["round"], reason="Membre.", by=None, now=DURING)
    response = staff.post(reverse("assignment:add"), pair | {"entry": other.pk})
    assert response.context["form"].errors["juror"] == ["Cette personne s’est déportée de ce projet."]


def test_assignment_offers_jurors_and_projects_of_the_round_s_call(staff):
    here, there = JurorFactory(), JurorFactory(call__edition__number=2026, call__edition__is_current=False)
    entries = [EntryFactory(call=juror.call) for juror in (here, there)]
    form = staff.get(reverse("assignment:add")).context["form"]
    assert set(form.fields["juror"].queryset) == {here}
    assert set(form.fields["entry"].queryset) == {entries[0]}
    data = {"round": first_round(there.call).pk, "juror": here.pk, "entry": entries[0].pk}
    form = staff.post(reverse("assignment:add"), data).context["form"]
    assert set(form.errors) == {"juror", "entry"}
    assert set(form.fields["juror"].queryset) == {there}
    assert set(form.fields["entry"].queryset) == {entries[1]}


def test_entry_offers_categories_of_its_call_that_take_projects(staff):
    entry = EntryFactory()
    public = Category.objects.create(call=entry.call, slug="public", name="Public", by_public_vote=True)
    strange = CallFactory().categories.get()
    for url in (reverse("entry:edit", args=[entry.pk]), reverse("entry:add")):
        offered = set(staff.get(url).context["form"].fields["category"].queryset)
        assert not offered & {public, strange} or offered == {strange}
    assert set(staff.get(reverse("entry:edit", args=[entry.pk])).context["form"].fields["category"].queryset) == {
        entry.category
    }


def test_entry_and_juror_languages_are_chosen_and_old_ones_kept(staff):
    entry, juror = EntryFactory(language="ca"), JurorFactory(languages="fr, ca")
    field = staff.get(reverse("entry:edit", args=[entry.pk])).context["form"].fields["language"]
    assert [code for code, _name in field.choices] == ["fr", "en", "ca"]
    form = staff.get(reverse("juror:edit", args=[juror.pk])).context["form"]
    assert form["languages"].initial == ["fr", "ca"]
    data = {"call": juror.call_id, "slug": juror.slug, "name": juror.name, "sort_name": juror.name}
    staff.post(reverse("juror:edit", args=[juror.pk]), data | {"languages": ["en", "ca"]})
    juror.refresh_from_db()
    assert juror.language_list == ["en", "ca"]


def test_assignment_untouched_can_be_taken_back(staff):
    pair = AssignmentFactory()
    staff.post(reverse("assignment:delete", args=[pair.pk]))
    assert not Assignment.objects.exists()


def test_assignment_with_a_card_stays(staff):
    pair = AssignmentFactory()
    score(pair, 3, 3)
    staff.post(reverse("assignment:delete", args=[pair.pk]))
    assert Assignment.objects.exists()


def test_assignment_is_never_changed_into_another(staff):
    pair = AssignmentFactory()
    other = EntryFactory(call=pair.juror.call)
    staff.post(
        reverse("assignment:edit", args=[pair.pk]), {"round": pair.round_id, "juror": pair.juror_id, "entry": other.pk}
    )
    assert Assignment.objects.get().entry_id == pair.entry_id != other.pk


def test_entry_leaving_the_contest_is_saved_with_its_reason(staff):
    entry = EntryFactory()
    data = {"slug": entry.slug, "holder": entry.holder} | texts("title", entry.title) | texts("pitch", entry.pitch)
    data |= {"call": entry.call_id, "category": entry.category_id, "language": "fr", "funding_received": 0}
    data |= {"state": "withdrawn", "state_reason_fr": "À sa demande.", "state_reason_en": "At its request."}
    assert staff.post(reverse("entry:edit", args=[entry.pk]), data).status_code == 302
    assert Entry.objects.get().state == "withdrawn"


# How many queries a list costs, however many rows it has.
COSTS = {"call": 12, "rubric": 13, "entry": 14, "juror": 13, "assignment": 16}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", COSTS)
def test_a_list_costs_the_same_for_many(staff, name, rows, django_assert_num_queries):
    for number in range(rows):
        call = CallFactory(slug=f"appel-{number}")
        juror = JurorFactory(call=call, user=UserFactory())
        AssignmentFactory(round=first_round(call), juror=juror, entry=EntryFactory(call=call))
    address = reverse(f"{name}:index")
    staff.get(address)

    with django_assert_num_queries(COSTS[name]):
        assert staff.get(address).status_code == 200


@pytest.mark.parametrize("name", COSTS)
def test_a_list_shows_the_edition_that_is_worked_on_and_filters_by_it(staff, name):
    before = EditionFactory(number=2026, is_current=False, name="Fête 2026")
    for edition, word in ((EditionFactory(), "Maintenant"), (before, "Kanari")):
        call = CallFactory(edition=edition, slug=f"call-{word}".lower(), name=word)
        first_round(call).rubric.__class__.objects.filter(call=call).update(name={"fr": word})
        juror = JurorFactory(call=call, name=f"Juror {word}")
        entry = EntryFactory(call=call, title=f"Entry {word}")
        AssignmentFactory(round=first_round(call), juror=juror, entry=entry)
    address = reverse(f"{name}:index")

    ours = staff.get(address).text
    (filter_name,) = [key for key in staff.get(address).context["filters"].form.fields if key.endswith("edition")]
    theirs = staff.get(address, {filter_name: before.pk}).text

    assert "Maintenant" in ours
    assert "Kanari" not in ours
    assert "Kanari" in theirs
    assert "Maintenant" not in theirs
    assert "Kanari" in staff.get(address).text, "what was chosen is worked on from then on"


# Rules that cards hang on -------------------------------------------------------------------------------------------


@pytest.fixture
@remembered
def scored():
    """A pair whose card is in, and another card in the same round."""
    pair = AssignmentFactory()
    score(pair, 3, 3)
    score(AssignmentFactory(juror=pair.juror), 2, 2)
    return pair


@pytest.mark.parametrize("change", [{"order": 5}, {"is_blind": "on"}, {"kind": "final"}])
def test_call_round_with_cards_keeps_its_place_and_its_blindness(staff, scored, change):
    call = scored.juror.call
    response = staff.post(reverse("call:edit", args=[call.pk]), call_data(call, jury=change))
    assert errors(response)[0].startswith("2 évaluations utilisent cette grille")
    judged = first_round(call)
    assert (judged.is_blind, judged.kind) == (False, "jury")


@pytest.mark.parametrize(
    "change",
    [
        {"finalists_per_category": 1},
        {"closes": "2027-04-20 12:00"},
        {"opens": "2027-03-16 09:00"},
        {"announced_at": "2027-04-30 12:00"},
        {"readers_per_entry": 5},
    ],
)
def test_call_round_with_cards_changes_with_a_reason_that_is_recorded(staff, scored, change):
    call = scored.juror.call
    data = call_data(call, jury=change)
    form = staff.post(reverse("call:edit", args=[call.pk]), data).context["form"]
    assert form.errors["reason"] == ["2 évaluations dépendent de ce que vous changez. Dites pourquoi cela change."]
    assert not AuditEntry.objects.filter(verb="call.changed").exists()
    assert staff.post(reverse("call:edit", args=[call.pk]), data | {"reason": "Le jury l’a décidé."}).status_code == 302
    facts = AuditEntry.objects.get(verb="call.changed").facts
    assert facts == {"fields": ["rounds"], "cards": 2, "reason": "Le jury l’a décidé."}


@pytest.mark.parametrize("change", [{"closes": "2027-03-19 12:00"}, {"opens": "2027-03-21 09:00"}])
def test_call_round_never_leaves_its_cards_outside(staff, scored, change):
    call = scored.juror.call
    data = call_data(call, jury=change) | {"reason": "Par erreur."}
    assert errors(staff.post(reverse("call:edit", args=[call.pk]), data)) == [
        "2 évaluations ont été enregistrées en dehors de ces moments."
    ]


def test_call_saved_as_it_is_needs_no_reason(staff, scored):
    call = scored.juror.call
    assert staff.post(reverse("call:edit", args=[call.pk]), call_data(call)).status_code == 302


def test_call_prize_with_projects_is_not_given_to_the_public(staff, scored):
    call = scored.juror.call
    data = call_data(call, {"by_public_vote": "on"})
    assert errors(staff.post(reverse("call:edit", args=[call.pk]), data)) == [
        "2 projets concourent pour « Fabriquer », ce n’est donc pas le public qui le décerne.".replace(
            "« ", "«\N{NO-BREAK SPACE}"
        ).replace(" »", "\N{NO-BREAK SPACE}»")
    ]


def test_call_with_projects_stays_in_its_edition(staff, scored):
    call = scored.juror.call
    data = call_data(call) | {"edition": EditionFactory(number=2028, is_current=False).pk}
    assert "edition" in staff.post(reverse("call:edit", args=[call.pk]), data).context["form"].errors


@pytest.mark.unsound  # the frozen result's project moves behind the form
def test_call_prize_of_a_frozen_result_stays(staff, scored):
    call = scored.juror.call
    freeze_result(round_id=scored.round_id, by=None, now=AFTER)
    other = Category.objects.create(call=call, slug="other", name={"fr": "Autre", "en": "Other"})
    Entry.objects.update(category=other)
    data = call_data(call)
    data["categories-0-DELETE"] = "on"
    assert "Fabriquer" in errors(staff.post(reverse("call:edit", args=[call.pk]), data))[0]


def entry_data(entry, **changes):
    data = {"slug": entry.slug, "holder": entry.holder} | texts("title", entry.title) | texts("pitch", entry.pitch)
    data |= {"call": entry.call_id, "category": entry.category_id, "language": "fr", "funding_received": 0}
    return data | {"state": entry.state} | changes


def test_entry_with_cards_changes_its_prize_with_a_reason(staff, scored):
    other = Category.objects.create(call=scored.entry.call, slug="other", name={"fr": "Autre", "en": "Other"})
    address = reverse("entry:edit", args=[scored.entry_id])
    data = entry_data(scored.entry, category=other.pk)
    assert "1 évaluation" in staff.post(address, data).context["form"].errors["reason"][0]
    assert staff.post(address, data | {"reason": "Erreur de saisie."}).status_code == 302
    assert AuditEntry.objects.get(verb="entry.changed").facts["cards"] == 1


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_entry_with_cards_stays_in_the_books(staff, scored, state):
    form = staff.post(reverse("entry:edit", args=[scored.entry_id]), entry_data(scored.entry, state=state)).context[
        "form"
    ]
    assert "1 évaluation" in form.errors["state"][0]
    assert Entry.objects.get(pk=scored.entry_id).state == "eligible"


def test_entry_leaves_the_contest_with_a_reason_only(staff, scored):
    address = reverse("entry:edit", args=[scored.entry_id])
    assert "state" in staff.post(address, entry_data(scored.entry, state="disqualified")).context["form"].errors


def test_juror_with_cards_changes_the_account_with_a_reason(staff, scored):
    juror, user = scored.juror, UserFactory()
    address = reverse("juror:edit", args=[juror.pk])
    data = {"call": juror.call_id, "slug": juror.slug, "name": juror.name, "sort_name": juror.name, "user": user.pk}
    assert "2 évaluations" in staff.post(address, data).context["form"].errors["reason"][0]
    assert staff.post(address, data | {"reason": "Nouvelle adresse."}).status_code == 302


def test_assignment_with_a_card_says_why_it_stays(staff, scored):
    address = reverse("assignment:delete", args=[scored.pk])
    sentence = plain_sentence(AssignmentInUse())
    assert sentence in staff.get(address).content.decode()
    response = staff.post(address)
    assert (response.status_code, sentence in response.content.decode()) == (200, True)


def test_no_delete_button_of_the_awards_fails(staff, scored):
    """Each row of the awards, with everything that hangs on it."""
    freeze_result(round_id=scored.round_id, by=scored.juror.user, now=AFTER)
    rows = {"entry": scored.entry_id, "juror": scored.juror_id, "call": scored.juror.call_id, "assignment": scored.pk}
    for name, key in (rows | {"rubric": scored.round.rubric_id}).items():
        for method in (staff.get, staff.post):
            assert method(reverse(f"{name}:delete", args=[key])).status_code in {200, 302}
    for name in ("usage", "history"):
        page = staff.get(reverse(f"entry:{name}", args=[scored.entry_id])).content.decode()
        assert not any(word in page for word in ("scorecard", "valuation", "résultat figé", "voix"))
    bulk = reverse("wagtail_bulk_action", args=["festival", "user", "delete"]) + f"?id={scored.juror.user_id}"
    for address in (reverse("wagtailusers_users:delete", args=[scored.juror.user_id]), bulk):
        page = staff.post(address, follow=True).content.decode()
        assert "est utilisé" in page
        assert "4 modifications de notes" in page
    assert User.objects.filter(pk=scored.juror.user_id).exists()
