"""Codes in words, whatever languages the festival speaks."""

from dataclasses import replace

import pytest
from django.utils import translation

from program import wording
from tests.factories.published import SESSION


@pytest.mark.parametrize(
    ("language", "code", "words"),
    [
        ("fr", "ca", "en catalan"),
        ("fr", "fr", "en français"),
        ("fr", "en", "en anglais"),
        ("en", "ca", "in Catalan"),
        ("en", "pt-br", "in Brazilian Portuguese"),
        ("en", "fr", "in French"),
        ("en", "xx", "in XX"),
    ],
)
def test_any_language_has_a_name(language, code, words):
    with translation.override(language):
        assert wording.in_language(code) == words


@pytest.mark.parametrize(
    ("language", "spoken", "mark"),
    [("fr", ("ca",), "en catalan"), ("ca", ("ca",), ""), ("fr", ("fr",), ""), ("en", ("fr", "ca"), "FR + CA")],
)
def test_the_mark_of_what_is_spoken(language, spoken, mark):
    with translation.override("en" if language == "ca" else language):
        assert wording.spoken(replace(SESSION, languages=spoken), language) == mark


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("lsf", "French Sign Language (LSF)"),
        ("bsl", "Sign language (BSL)"),
        ("captions-ca", "Captions in Catalan"),
        ("captions", "Captions"),
        ("ca-es", "Interpreted (Catalan to Spanish)"),
        ("fr-en", "Interpreted (French to English)"),
        ("audio-description", "Audio description"),
    ],
)
def test_what_helps_to_follow_is_named(code, words):
    with translation.override("en"):
        assert wording.interpretation(code) == words


def test_a_sign_language_is_called_as_its_people_call_it():
    with translation.override("en"):
        assert [wording.short_mark(mark) for mark in wording.in_order({"captions", "lsf", "interpreted", "bsl"})] == [
            "BSL", "LSF", "captions", "interpreted",
        ]  # fmt: skip
