"""What is typed is kept, right or wrong; a stale window changes nothing."""

import uuid

import pytest

from awards.entering.drafting import confirm, save_draft, start
from awards.entering.rules import Window
from awards.exceptions.entering import CallNotOpen, DraftChanged, EntryLocked
from awards.models import Applicant, Entry, EntryDraft
from festival.models import AuditEntry
from tests.factories.applying import WHILE_OPEN
from tests.factories.awards import AFTER, at

pytestmark = pytest.mark.django_db


def save(entry, ada, typed, version=0, now=WHILE_OPEN, window=Window()):  # noqa: B008
    return save_draft(entry_id=entry.pk, typed=typed, version=version, by=ada, now=now, window=window)


def test_an_address_is_one_applicant(ada):
    assert confirm(email="ada@example.org", language="fr", now=AFTER) == ada
    Applicant.objects.update(confirmed_at=None)
    confirm(email="ada@example.org", language="fr", now=AFTER)
    assert Applicant.objects.get().confirmed_at == AFTER
    act = AuditEntry.objects.get(verb="applicant.confirmed")
    assert act.actor == f"applicant:{ada.uuid}"
    assert "example.org" not in f"{act.actor_name}{act.facts}"


def test_a_form_sent_twice_begins_one_project(call, ada, entry):
    again = start(key=entry.uuid, call=call, category=entry.category, title="Other", by=ada, now=WHILE_OPEN)
    assert again == entry
    assert Entry.objects.count() == 1
    assert (entry.state, str(entry.title.exact("en")), entry.draft.typed["title"]) == ("draft", "The oven", "The oven")


@pytest.mark.parametrize("now", [at("2026-11-30T10:00"), at("2027-03-01T00:31")])
def test_nothing_begins_outside_the_call(call, ada, now):
    fields = {"key": uuid.uuid4(), "call": call, "category": call.categories.get(), "title": "Late", "by": ada}
    with pytest.raises(CallNotOpen) as caught:
        start(**fields, now=now)
    assert (caught.value.opens is None) == (now > call.closes)
    assert not Entry.objects.exists()


def test_a_draft_keeps_what_is_wrong_too(entry, ada):
    draft = save(entry, ada, {"title": " ", "q-people": "environ 400"}, version=0)
    assert (draft.version, draft.typed["q-people"], draft.saved_by) == (1, "environ 400", ada)
    entry.refresh_from_db()
    assert str(entry.title) == "The oven"
    assert save(entry, ada, draft.typed, version=0).version == 1  # the same again


def test_a_stale_window_changes_nothing_and_a_retry_is_the_same(entry, ada):
    page, other = Window("a" * 32, 1), Window("b" * 32, 1)
    save(entry, ada, {"title": "One"}, window=page)
    with pytest.raises(DraftChanged) as caught:
        save(entry, ada, {"title": "Stale"}, version=0, window=other)
    assert caught.value.version == 1
    assert save(entry, ada, {"title": "Retry"}, version=0, window=page).typed == {"title": "One"}
    assert save(entry, ada, {"title": "Two"}, version=0, window=Window("a" * 32, 2)).version == 2
    assert EntryDraft.objects.get().typed == {"title": "Two"}
    entry.refresh_from_db()
    assert str(entry.title.exact("en")) == "Two"


def test_the_server_s_time_decides(entry, ada, call):
    save(entry, ada, {"title": "In time"}, now=call.closes)
    with pytest.raises(CallNotOpen):
        save(entry, ada, {"title": "Late"}, version=1, now=AFTER)
    with pytest.raises(CallNotOpen):
        save(entry, ada, {"title": "Early"}, version=1, now=at("2026-11-30T10:00"))


def test_a_project_that_is_being_judged_is_not_changed(entry, ada):
    Entry.objects.update(state=Entry.State.ELIGIBLE)
    with pytest.raises(EntryLocked):
        save(entry, ada, {"title": "Other"})
