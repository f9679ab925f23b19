"""Every action of the awards that writes leaves a line in the audit log, or says here why it does not."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
WRITING = {"writing", "writing_statement"}
RECORDING = {"record", "record_many", "record_change", "_record"}
MINUTES = "a step of the meeting: its row and the minutes tell it, and signing off is recorded"
SILENT = {
    "awards/ceremony/placing.py:move": "the order of an evening that is still being planned; its steps are recorded",
    "awards/deliberation/meeting.py:add_item": MINUTES,
    "awards/deliberation/meeting.py:come": MINUTES,
    "awards/deliberation/meeting.py:leave": MINUTES,
    "awards/deliberation/meeting.py:move_up": MINUTES,
    "awards/deliberation/meeting.py:note": MINUTES,
    "awards/deliberation/meeting.py:take_up": MINUTES,
    "awards/deliberation/moving.py:propose": "the motion names who and when; its count is recorded",
    "awards/deliberation/moving.py:vote": "who has voted is a row; in a secret ballot nothing may tell how",
    "awards/entering/drafting.py:rename": "a name for mails, which the log must not have",
    "awards/entering/drafting.py:save_draft": "every pause in typing; the version of the draft counts them",
    "awards/grid/giving.py:hand_out": "each pair is given or taken back by an action that records",
    "awards/office/base.py:post": "the screen that it wraps records",
    "awards/office/base.py:save_instance": "the screen that it wraps records, and so does what it finds",
    "awards/reading/noting.py:star": "a juror's own list, which concerns nobody else",
    "awards/screening/telling.py:_tell": "the decision is recorded; its letter has its own row",
    "awards/seats/barring.py:bar": "stepping back records, whoever says it",
    "awards/staging/making.py:_keep": "within the saved call, which is recorded; each version is a row for good",
    "awards/voting/casting.py:forget_unconfirmed": "what never counted goes",
    "awards/voting/casting.py:send": "nothing counts before it is confirmed, which is recorded",
}


def actions():
    """Yield (name, function, functions of the file) of each function of the awards that opens a transaction."""
    for path in sorted((ROOT / "awards").rglob("*.py")):
        found = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]
        by_name = {node.name: node for node in found}
        for node in found:
            if WRITING & _called(node):
                yield f"{path.relative_to(ROOT)}:{node.name}", node, by_name


def _called(node):
    calls = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
    return {getattr(func, "attr", getattr(func, "id", "")) for func in calls}


def _records(node, by_name, seen=()):
    """Return whether a function records, or calls one of its file that does."""
    called = _called(node)
    if called & RECORDING:
        return True
    further = (called & set(by_name)) - {node.name, *seen}
    return any(_records(by_name[name], by_name, (*seen, node.name)) for name in further)


def test_each_action_records_what_it_did():
    found = list(actions())
    silent = {name for name, node, by_name in found if not _records(node, by_name)}
    assert len(found) > 40
    assert silent == set(SILENT)
