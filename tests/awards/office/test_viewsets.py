"""The admin screens: lists, forms, what they refuse, what they never delete."""

import pytest
from django.urls import reverse

from awards.jury.scoring import recuse
from awards.models import Assignment, Call, Entry
from festival.core import generation
from festival.models import User
from tests.factories.awards import DURING, AssignmentFactory, CallFactory, EntryFactory, JurorFactory, score

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


def call_data(call, **criteria):
    """The form of a call as the browser sends it; `criteria` overrides fields by slug."""
    categories = [{"id": item.pk, "slug": item.slug, "name_fr": item.name_fr} for item in call.categories.all()]
    rows = [
        {"id": item.pk, "slug": item.slug, "name_fr": item.name_fr, "name_en": item.name_en, "weight": item.weight}
        | criteria.get(item.slug, {})
        for item in call.criteria.all()
    ]
    scale = [
        {"id": level.pk, "value": level.value, "label_fr": level.label_fr, "label_en": level.label_en}
        for level in call.scale.all()
    ]
    phases = {name: getattr(call, f"{name}_id") for name in ("entry_phase", "judging_phase", "finalists_phase")}
    return {
        "edition": call.edition_id,
        "slug": call.slug,
        "name_fr": call.name_fr,
        "name_en": call.name_en,
        "rules_version": "1.0",
        "readers_per_entry": 3,
        "finalists_per_category": 3,
        **phases,
        **formset("categories", [row | {"name_en": "Making"} for row in categories], len(categories)),
        **formset("criteria", rows, len(rows)),
        **formset("scale", scale, len(scale)),
    }


@pytest.mark.parametrize("name", ["entry", "juror", "assignment", "call"])
def test_lists_and_forms_open(staff, name):
    pair = AssignmentFactory()
    assert staff.get(reverse(f"{name}:index")).status_code == 200
    assert staff.get(reverse(f"{name}:add")).status_code == 200
    if name != "assignment":
        row = {"entry": pair.entry, "juror": pair.juror, "call": pair.juror.call}[name]
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


def test_call_is_saved_and_the_site_starts_a_new_generation(staff):
    call = CallFactory()
    before = generation.current()
    data = call_data(call, impact={"weight": 70}, spread={"weight": 30})
    assert staff.post(reverse("call:edit", args=[call.pk]), data).status_code == 302
    assert list(call.criteria.values_list("slug", "weight")) == [("impact", 70), ("spread", 30)]
    assert generation.current() == before + 1


def test_call_with_weights_that_do_not_make_100_is_refused(staff):
    call = CallFactory()
    response = staff.post(reverse("call:edit", args=[call.pk]), call_data(call, impact={"weight": 70}))
    assert response.context["form"].non_field_errors() == [
        "Les poids des critères doivent faire 100 ensemble\N{NARROW NO-BREAK SPACE}; ils font 110."
    ]
    assert Call.objects.get().criteria.get(slug="impact").weight == 60


def test_call_criterion_with_scores_cannot_be_removed(staff):
    pair = AssignmentFactory()
    score(pair, 3, 3)
    call = pair.juror.call
    data = call_data(call, impact={"weight": 100}, spread={"DELETE": "on"})
    response = staff.post(reverse("call:edit", args=[call.pk]), data)
    assert "Essaimage" in response.context["form"].non_field_errors()[0]
    assert call.criteria.count() == 2


def test_call_criterion_without_scores_can_be_removed(staff):
    call = CallFactory()
    data = call_data(call, impact={"weight": 100}, spread={"DELETE": "on"})
    assert staff.post(reverse("call:edit", args=[call.pk]), data).status_code == 302
    assert call.criteria.count() == 1


@pytest.mark.parametrize("name", ["entry", "juror", "call"])
def test_rows_are_never_deleted(staff, name):
    pair = AssignmentFactory()
    row = {"entry": pair.entry, "juror": pair.juror, "call": pair.juror.call}[name]
    staff.post(reverse(f"{name}:delete", args=[row.pk]))
    assert type(row).objects.filter(pk=row.pk).exists()


def test_assignment_is_added_unless_the_juror_stepped_back(staff):
    juror = JurorFactory()
    entry = EntryFactory(call=juror.call)
    staff.post(reverse("assignment:add"), {"juror": juror.pk, "entry": entry.pk})
    assert Assignment.objects.get().entry == entry
    other = EntryFactory(call=juror.call)
    recuse(juror_id=juror.pk, entry_id=other.pk, reason="Membre.", now=DURING)
    response = staff.post(reverse("assignment:add"), {"juror": juror.pk, "entry": other.pk})
    assert response.context["form"].errors["juror"] == ["Cette personne s’est déportée de ce projet."]


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
    staff.post(reverse("assignment:edit", args=[pair.pk]), {"juror": pair.juror_id, "entry": other.pk})
    assert Assignment.objects.get().entry_id == pair.entry_id != other.pk


def test_entry_leaving_the_contest_is_saved_with_its_reason(staff):
    entry = EntryFactory()
    data = {name: getattr(entry, name) for name in ("slug", "title_fr", "title_en", "pitch_fr", "pitch_en", "holder")}
    data |= {"call": entry.call_id, "category": entry.category_id, "language": "fr", "funding_received": 0}
    data |= {"state": "withdrawn", "state_reason_fr": "À sa demande.", "state_reason_en": "At its request."}
    assert staff.post(reverse("entry:edit", args=[entry.pk]), data).status_code == 302
    assert Entry.objects.get().state == "withdrawn"
