"""The sentences about what needs approval."""

from tickets.approvals import wording


def test_every_standing_has_its_word():
    assert {name: str(word) for name, word in wording.STANDINGS.items()} == {
        "waiting": "en attente",
        "accepted": "acceptée",
        "refused": "refusée",
        "over": "retirée ou terminée",
    }
    assert "n’attend plus" in wording.not_waiting()
