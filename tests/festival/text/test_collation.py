import pytest

from festival.text.collation import countries, country_name, sort_key, words_of, words_to_find


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


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Camille Dupont-N’Guessan", ["camille", "dupont", "n", "guessan"]),
        ("Œdipe ÉLÉONORE  Łukasz", ["oedipe", "eleonore", "lukasz"]),
        ("İpek Işık", ["ipek", "isik"]),
        ("Straße Ærø", ["strasse", "aero"]),
        ("Фёдор Достоевский", ["федор", "достоевскии"]),
        ("王小明", ["王小明"]),
        ("عَائِشَة", ["عايشة"]),
        ("e\u0301ric", ["eric"]),
        ("…", []),
    ],
)
def test_words_are_compared_without_accents_or_capitals_in_any_script(name, words):
    assert words_of(name) == words


def test_joined_names_are_found_apart_and_together():
    assert words_to_find("N’Guessan", "Camille N'Guessan") == " n guessan nguessan camille"
    assert words_to_find("", "") == ""


def test_each_language_calls_and_files_them_its_own_way():
    french, english = dict(countries("fr")), dict(countries("en"))

    assert (french["DE"], english["DE"]) == ("Allemagne", "Germany")
    assert list(french.values()).index("Égypte") < list(french.values()).index("Espagne")
    assert 245 < len(french) == len(english) < 255
    assert not {"EU", "UN", "ZZ"} & set(french)


def test_an_unknown_language_reads_english_and_an_unknown_code_stays():
    assert dict(countries("tlh"))["FR"] == dict(countries("x y"))["FR"] == "France"
    assert (country_name("FR", "en"), country_name("??", "fr")) == ("France", "??")
