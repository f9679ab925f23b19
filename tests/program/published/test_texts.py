from program.published.texts import Text

LANGUAGES = ("ca", "es", "en")


def test_a_text_is_read_in_the_wanted_language():
    text = Text.of({"en": "Hello", "ca": "Hola", "es": "Buenas"}, LANGUAGES)

    assert (text.read("en"), text.language("en")) == ("Hello", "en")


def test_an_untranslated_text_falls_back_to_the_main_language_and_says_so():
    text = Text.of({"ca": "Hola", "es": "Buenas"}, LANGUAGES)

    assert (text.read("en"), text.language("en")) == ("Hola", "ca")


def test_without_the_main_language_the_first_filled_one_stands_in():
    text = Text.of({"es": "Buenas"}, LANGUAGES)

    assert (text.read("ca"), text.language("en")) == ("Buenas", "es")


def test_an_empty_text_is_empty_in_every_language():
    text = Text.of({}, LANGUAGES)

    assert (bool(text), text.read("ca"), text.language("en")) == (False, "", "en")
    assert text.by_language == {"ca": "", "es": "", "en": ""}


def test_the_main_language_stands_first_and_others_are_kept():
    assert list(Text.of({"eu": "Kaixo", "en": "Hello"}, LANGUAGES).by_language) == ["ca", "es", "en", "eu"]
