"""What stands in the way of a change, in sentences."""

import pytest
from django.utils.translation import override

from tickets.exceptions import PlacesInUse, SizeBelowTaken, SoldAlready, StockError
from tickets.office.wording import by_whom, refusal, waiting


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (SizeBelowTaken(quota="Village", taken=1), ["1 place", "« Village »"]),
        (SizeBelowTaken(quota="Village", taken=12), ["12 places", "« Village »"]),
        (PlacesInUse(name="Village", taken=1), ["« Village »", "1 place"]),
        (PlacesInUse(name="Village", taken=12), ["« Village »", "12 places"]),
        (SoldAlready(field="kind", lines=3), ["3 lignes", "« genre »"]),
        (StockError(), ["pas possible"]),
    ],
)
def test_each_refusal_names_what_it_is_about(error, words):
    sentence = refusal(error).replace("\N{NO-BREAK SPACE}", " ")

    assert [word for word in words if word not in sentence] == []


def test_how_many_wait_for_an_opening():
    assert [waiting(0, 0), waiting(3, 0), waiting(3, 2), waiting(0, 2)] == [
        "",
        "3",
        "3, et 2 sans confirmation",
        "0, et 2 sans confirmation",
    ]


def test_who_did_it_is_said_in_words():
    with override("en"):
        assert by_whom("order:ABCD2345") == "the buyer"
        assert by_whom("system:reconcile") == "the site itself"
        assert by_whom("Camille Durand") == "Camille Durand"
