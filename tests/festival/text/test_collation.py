import pytest

from festival.text.collation import sort_key


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Østervang Ingrid", "O'Dravane Aoife", "Ouattara"], ["O'Dravane Aoife", "Østervang Ingrid", "Ouattara"]),
        (["N’Guessan-Roy", "Ngo", "Nadal"], ["Nadal", "Ngo", "N’Guessan-Roy"]),
        (["Wiśniałek", "Wijngaart", "Élan", "Eda"], ["Eda", "Élan", "Wijngaart", "Wiśniałek"]),
        (["Jónas Hallvarðsson", "Jonas Haller"], ["Jonas Haller", "Jónas Hallvarðsson"]),
    ],
)
def test_names_sort_as_in_a_french_index(names, expected):
    assert sorted(names, key=sort_key) == expected


def test_straight_and_curly_apostrophes_sort_alike():
    assert sort_key("O'Dravane") == sort_key("O’Dravane")
