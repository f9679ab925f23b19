"""Filters of dates, prices and names: together on a line, and with a capital where a heading begins."""

from datetime import date, time

import pytest
from django.template import Context, Template
from django.utils import translation

from festival.templatetags.festival_tags import first_words
from festival.text import typography


def drawn(source, **context):
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ t|clock_time }}", "15\xa0h\xa045"),
        ("{{ t|time_range:t }}", "15\xa0h\xa045\xa0– 15\xa0h\xa045"),
        ("{{ d|short_date }}", "samedi 1<sup>er</sup>\xa0mai"),
        ("{{ 1250|price }}", "12,50\xa0€"),
        ("{{ 'EUR'|open_price }}", "…\xa0€"),
    ],
)
def test_what_belongs_together_is_one_box(source, text):
    assert drawn(source, t=time(15, 45), d=date(2027, 5, 1)) == f'<span class="nb">{text}</span>'


def test_a_name_is_one_box_with_its_comma():
    box = '<span class="nb name">Théodore &lt;b&gt;,</span>'

    assert drawn("{{ name|one_name:',' }}", name="Théodore <b>") == box
    assert drawn("{{ ''|one_name }}") == ""


def test_nothing_is_no_box_and_neither_is_what_no_line_holds():
    assert typography.together("") == ""
    assert typography.together("du 1 au 31 décembre de l’an 2027") == "du 1 au 31 décembre de l’an 2027"


def test_plain_text_is_left_where_the_box_is_taken_off():
    assert drawn("{{ t|clock_time|striptags }}", t=time(15, 45)) == "15\xa0h\xa045"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ d|short_date|capitalised }}", '<span class="nb">Samedi 1<sup>er</sup>\xa0mai</span>'),
        ("{{ ''|capitalised }}", ""),
        ("{{ word|capitalised }}", "Élan &lt;b&gt;"),
        ("{{ '1er mai'|capitalised }}", "1er mai"),
    ],
)
def test_a_heading_begins_with_a_capital(source, text):
    with translation.override("fr"):
        assert drawn(source, d=date(2027, 5, 1), word="élan <b>") == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Des habitants heureux", "Des habitants heureux"),
        ("Pour des habitants, et leurs voisins", "Pour des habitants…"),
        ("Pour\N{NO-BREAK SPACE}: des habitants et d’autres", "Pour\N{NO-BREAK SPACE}: des habitants…"),
        ("Sa pâte\N{NARROW NO-BREAK SPACE}; le four", "Sa pâte\N{NARROW NO-BREAK SPACE}; le…"),
        ("", ""),
    ],
)
def test_a_text_that_is_cut_ends_with_an_ellipsis_at_its_last_word(text, shown):
    assert first_words(text, 3) == shown
