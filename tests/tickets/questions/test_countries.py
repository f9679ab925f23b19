"""The countries to choose from."""

from tickets.questions.countries import countries, country_name


def test_each_language_calls_and_files_them_its_own_way():
    french, english = dict(countries("fr")), dict(countries("en"))

    assert (french["DE"], english["DE"]) == ("Allemagne", "Germany")
    assert list(french.values()).index("Égypte") < list(french.values()).index("Espagne")
    assert 245 < len(french) == len(english) < 255
    assert not {"EU", "UN", "ZZ"} & set(french)


def test_an_unknown_language_reads_english_and_an_unknown_code_stays():
    assert dict(countries("tlh"))["FR"] == dict(countries("x y"))["FR"] == "France"
    assert (country_name("FR", "en"), country_name("??", "fr")) == ("France", "??")
