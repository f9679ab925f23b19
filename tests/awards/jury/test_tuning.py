"""The project that a jury tunes by: read by all, first, seen of the others once one's own card is in, never counted."""

import pytest

from awards.assignment.circumstances import circumstances_of
from awards.assignment.dealing import deal
from awards.assignment.inspection import Check, inspect
from awards.jury.queries import desk_of, owed_in, peers_of, sheet_of
from awards.models import Assignment, Round
from awards.results.deliberation import freeze_result
from awards.results.standing import missing_in, standing_of
from tests.factories.awards import (
    AFTER,
    AssignmentFactory,
    CallFactory,
    EntryFactory,
    JurorFactory,
    first_round,
    score,
    second_round,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged():
    """A round of three jurors with two projects, `zebra` and `apple`; the jury tunes by `zebra`."""
    call = CallFactory(slug="prix")
    for number in range(3):
        JurorFactory(call=call, slug=f"j{number}")
    for slug in ("zebra", "apple"):
        EntryFactory(call=call, slug=slug)
    found = first_round(call)
    found.readers_per_entry, found.calibration_entry = 1, call.entries.get(slug="zebra")
    found.save()
    return found


def given(judged, juror, slug):
    call = judged.call
    return AssignmentFactory(juror=call.jurors.get(slug=juror), entry=call.entries.get(slug=slug), round=judged)


def test_the_plan_gives_it_to_all_and_it_links_nobody(judged):
    standing = circumstances_of(judged)
    plan = deal(standing.demand, "seed")
    read = [standing.entries[entry].slug for _juror, entry in plan.added]
    assert (read.count("zebra"), read.count("apple")) == (3, 1)

    EntryFactory(call=judged.call, slug="pear")
    standing = circumstances_of(judged)
    by_slug = {entry.slug: key for key, entry in standing.entries.items()}
    first, second, third = standing.jurors
    pairs = {(juror, by_slug["zebra"]) for juror in standing.jurors}
    pairs |= {(first, by_slug["apple"]), (second, by_slug["pear"])}
    findings = {finding.check: finding for finding in inspect(standing.demand, pairs, spans_categories=False)}
    assert findings[Check.LINKED].number == 2  # the two projects that count have no juror in common
    assert third


def test_it_comes_first_even_before_a_draft(judged):
    draft, tuning = given(judged, "j0", "apple"), given(judged, "j0", "zebra")
    score(draft, 3, 3, submit=False)
    desk = desk_of(draft.juror, judged)
    assert [(item.entry.slug, item.section) for item in desk.readings] == [
        ("zebra", None),
        ("apple", draft.entry.category),
    ]
    assert desk.first_waiting.entry == tuning.entry
    score(tuning, 3, 3)
    assert desk_of(draft.juror, judged).first_waiting.entry == draft.entry


def test_the_others_are_seen_once_ones_own_is_in_and_without_names(judged, client, during):
    mine, theirs = given(judged, "j0", "zebra"), given(judged, "j1", "zebra")
    score(theirs, 5, 1)
    assert peers_of(sheet_of(mine.juror, judged, "zebra")) == []
    score(mine, 3, 3)
    assert [card.assignment for card in peers_of(sheet_of(mine.juror, judged, "zebra"))] == [theirs]
    client.force_login(mine.juror.user)
    page = client.get("/jury/prix/entries/zebra/").content.decode()
    assert 'class="peers' in page
    assert theirs.juror.name not in page
    Round.objects.update(peers_visible=True)
    assert theirs.juror.name in client.get("/jury/prix/entries/zebra/").content.decode()


def test_a_card_that_lacks_on_it_keeps_nobody_from_the_result(judged):
    score(given(judged, "j0", "apple"), 4, 4)
    waiting = given(judged, "j1", "zebra")
    assert list(owed_in(judged)) == [waiting]
    assert list(missing_in(judged)) == []
    tally = freeze_result(round_id=judged.pk, by=None, now=AFTER)
    assert [row.entry.slug for row in tally.rows.all()] == ["apple"]


def test_cards_by_which_an_earlier_round_tuned_are_not_pooled(judged):
    for slug in ("zebra", "apple"):
        score(given(judged, "j0", slug), 4, 4)
    final = second_round(judged.call, follows=None, pools_earlier=False)
    Assignment.objects.create(
        round=final, juror=judged.call.jurors.get(slug="j1"), entry=judged.call.entries.get(slug="zebra")
    )
    Round.objects.filter(pk=final.pk).update(follows=judged, pools_earlier=True)
    Round.objects.filter(pk=judged.pk).update(calibration_entry=None)
    judged.refresh_from_db()
    freeze_result(round_id=judged.pk, by=None, now=AFTER)
    final.refresh_from_db()
    assert {card.entry for card in standing_of(final).dossier.cards} == {str(e.uuid) for e in judged.call.entries.all()}
    Round.objects.filter(pk=judged.pk).update(calibration_entry=judged.call.entries.get(slug="zebra"))
    final.refresh_from_db()
    cards = standing_of(final).dossier.cards
    assert {card.entry for card in cards} == {str(judged.call.entries.get(slug="apple").uuid)}
