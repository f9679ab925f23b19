"""Who may not judge what, and who can take a project over."""

import pytest

from awards.jury.candidates import candidates_for, conflicts
from awards.jury.scoring import recuse
from awards.models import Entry
from tests.factories.awards import (
    DURING,
    ApplicantFactory,
    AssignmentFactory,
    CallFactory,
    EntryFactory,
    JurorFactory,
    first_round,
)
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def call():
    """Three jurors and two projects of which each wants two readers."""
    call = CallFactory()
    for name in ("Ada", "Bela", "Cleo"):
        JurorFactory(call=call, name=name, slug=name.lower())
    for slug in ("drill", "loom"):
        EntryFactory(call=call, slug=slug)
    first_round(call).readers_per_entry = 2
    call.rounds.filter(order=1).update(readers_per_entry=2)
    return call


@pytest.mark.parametrize("field", ["account", "typed"])
def test_nobody_judges_the_own_project(call, field):
    ada = call.jurors.get(slug="ada")
    if field == "typed":
        call.jurors.filter(pk=ada.pk).update(email="ADA@example.org", user=None)
    address = ada.user.email if field == "account" else "ada@example.org"
    Entry.objects.filter(slug="drill").update(applicant=ApplicantFactory(email=address))
    jurors = call.jurors.select_related("user")
    entries = call.entries.select_related("applicant")
    drill = call.entries.get(slug="drill")
    assert list(conflicts(first_round(call), jurors, entries)) == [(str(ada.uuid), str(drill.uuid))]


def test_candidates_are_the_least_busy_first_without_conflicts(call):
    jurors = {juror.slug: juror for juror in call.jurors.all()}
    drill, loom = call.entries.get(slug="drill"), call.entries.get(slug="loom")
    pair = AssignmentFactory(juror=jurors["ada"], entry=drill)
    AssignmentFactory(juror=jurors["bela"], entry=loom)
    assert [(item.juror.slug, item.load) for item in candidates_for(pair)] == [("cleo", 0), ("bela", 1)]
    recuse(juror_id=jurors["cleo"].pk, entry_id=drill.pk, round_id=pair.round_id, reason="x", by=None, now=DURING)
    assert [item.juror.slug for item in candidates_for(pair)] == ["bela"]
