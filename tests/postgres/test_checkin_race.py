"""Many phones scan one ticket at once. A control without the constraint must let two in, or this proves nothing."""

import uuid
from collections import Counter
from contextlib import contextmanager

import pytest
from django.db import connections

from tests.factories.door import open_door, token
from tests.racing import abreast, at_once
from tickets.door import checkin, queries
from tickets.door.invariants import violations
from tickets.door.queries import Counts
from tickets.door.verdicts import Verdict
from tickets.exceptions import UndoneAlready
from tickets.models import Checkin

PHONES = 20


def _everybody_scans(door):
    code = token(door.ticket())
    phones = [door.another_phone(f"Téléphone {number}") for number in range(PHONES)]
    return at_once(PHONES, lambda number: door.scan(code, phone=phones[number]))


def test_twenty_gates_scan_one_ticket_and_one_admits():
    door = open_door()

    for _round in range(5):
        outcomes = _everybody_scans(door)

        winner = next(outcome for outcome in outcomes if outcome.scan.verdict == Verdict.ADMITTED)
        phone = winner.scan.device_id
        assert Counter(outcome.scan.verdict for outcome in outcomes) == {Verdict.ADMITTED: 1, Verdict.ALREADY_IN: 19}
        assert {outcome.earlier.device_id for outcome in outcomes if outcome is not winner} == {phone}
    assert Checkin.objects.count() == 5 * PHONES
    assert violations() == []


def test_one_scan_sent_twenty_times_at_once_is_one_row():
    door = open_door()
    code, scan_id = token(door.ticket()), uuid.uuid4()

    outcomes = at_once(PHONES, lambda number: door.scan(code, scan_id=scan_id))

    assert {outcome.scan.verdict for outcome in outcomes} == {Verdict.ADMITTED}
    assert [outcome.is_repeat for outcome in outcomes].count(False) == 1
    assert Checkin.objects.count() == 1


def test_twenty_phones_let_one_ticket_out_once():
    door = open_door()
    door.list.reentry = "once_out"
    door.list.save()
    code = token(door.ticket())
    phones = [door.another_phone(f"Téléphone {number}") for number in range(PHONES)]
    for step in (1, 3, 5):
        came = at_once(PHONES, lambda number: door.scan(code, phone=phones[number]))
        left = at_once(PHONES, lambda number: door.scan(code, phone=phones[number], direction="out"))
        for outcomes, verdict, number in ((came, Verdict.ADMITTED, step), (left, Verdict.LEFT, step + 1)):
            assert [one.scan.step for one in outcomes if one.scan.verdict == verdict] == [number]
    assert queries.counts(door.list.pk) == Counts(admitted=1, inside=0)
    assert violations() == []


def test_twenty_phones_of_a_list_open_to_all_let_one_ticket_in_each():
    door = open_door()
    door.change_list(reentry="free")

    outcomes = _everybody_scans(door)

    assert sorted(outcome.scan.step for outcome in outcomes) == list(range(1, PHONES + 1))
    assert queries.counts(door.list.pk) == Counts(admitted=1, inside=1)
    assert violations() == []


def test_twenty_taps_take_one_scan_back_once():
    door = open_door()
    scan = door.scan(token(door.ticket())).scan

    def tap(_number):
        try:
            return door.undo(scan)
        except UndoneAlready:
            return None

    assert len([undone for undone in at_once(PHONES, tap) if undone is not None]) == 1
    assert queries.counts(door.list.pk) == Counts(admitted=0, inside=0)
    assert violations() == []


@pytest.mark.unsound
def test_control_without_the_constraint_all_are_admitted(monkeypatch):
    door = open_door()
    judge = checkin.judge

    def judge_abreast(**facts):
        verdict = judge(**facts)
        abreast()
        return verdict

    monkeypatch.setattr(checkin, "judge", judge_abreast)
    with _without_constraints():
        outcomes = _everybody_scans(door)
        complaints = violations()

    assert Counter(outcome.scan.verdict for outcome in outcomes) == {Verdict.ADMITTED: PHONES}
    assert any("has the steps" in line for line in complaints)


@contextmanager
def _without_constraints():
    names = {"checkin_each_step_once"}
    constraints = [each for each in Checkin._meta.constraints if each.name in names]
    with connections["default"].schema_editor() as editor:
        for constraint in constraints:
            editor.remove_constraint(Checkin, constraint)
    try:
        yield
    finally:
        Checkin.objects.all().delete()
        with connections["default"].schema_editor() as editor:
            for constraint in constraints:
                editor.add_constraint(Checkin, constraint)
