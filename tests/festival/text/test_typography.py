from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from festival.text import typography

NB, NN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (time(14, 30), f"14{NB}h{NB}30", "14:30"),
        (time(9, 0), f"9{NB}h", "9:00"),
        (time(0, 5), f"0{NB}h{NB}05", "0:05"),
        (datetime(2027, 5, 2, 9, 30, tzinfo=UTC), f"11{NB}h{NB}30", "11:30"),
    ],
)
def test_clock_time(value, french, english):
    assert typography.clock_time(value, "fr") == french
    assert typography.clock_time(value, "en") == english


def test_time_range():
    assert typography.time_range(time(9, 30), time(10, 15), "fr") == f"9{NB}h{NB}30{NB}– 10{NB}h{NB}15"
    assert typography.time_range(time(9, 30), time(10, 15), "en") == "9:30–10:15"


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (date(2027, 5, 1), f"samedi 1<sup>er</sup>{NB}mai{NB}2027", f"Saturday 1{NB}May{NB}2027"),
        (date(2027, 5, 2), f"dimanche 2{NB}mai{NB}2027", f"Sunday 2{NB}May{NB}2027"),
    ],
)
def test_long_date(value, french, english):
    assert typography.long_date(value, "fr") == french
    assert typography.long_date(value, "en") == english


def test_plain_date_has_no_markup():
    assert typography.plain_date(date(2027, 5, 1), "fr") == f"samedi 1er{NB}mai{NB}2027"


@pytest.mark.parametrize(
    ("cents", "french", "english"),
    [
        (1250, f"12,50{NB}€", "€12.50"),
        (11000, f"110{NB}€", "€110"),
        (123456, f"1{NN}234,56{NB}€", "€1,234.56"),
        (0, f"0{NB}€", "€0"),
        (-500, f"−5{NB}€", "−€5"),
    ],
)
def test_price(cents, french, english):
    assert typography.price(cents, "EUR", "fr") == french
    assert typography.price(cents, "EUR", "en") == english


@pytest.mark.parametrize(
    ("currency", "french", "english"),
    [
        ("CHF", f"12,50{NB}CHF", f"CHF{NB}12.50"),
        ("GBP", f"12,50{NB}£GB", "£12.50"),
        ("DKK", f"12,50{NB}DKK", f"DKK{NB}12.50"),
    ],
)
def test_price_in_another_currency(currency, french, english):
    assert typography.price(1250, currency, "fr") == french
    assert typography.price(1250, currency, "en") == english
    assert typography.marks(currency, "en")[0] == currency


def test_weekday():
    assert typography.weekday(date(2027, 5, 5), "fr") == "mer."
    assert typography.weekday(date(2027, 5, 5), "en") == "Wed"


@pytest.mark.parametrize(
    ("language", "long", "short", "clock", "amount"),
    [
        ("es", "sábado, 1 de mayo de 2027", "sábado, 1 de mayo", "14:30", "12,50\xa0€"),
        ("nl", "zaterdag, 1 mei 2027", "zaterdag, 1 mei", "14:30", "12,50\xa0€"),
        ("pt-br", "Sábado, 1 de Maio de 2027", "Sábado, 1 de Maio", "14:30", "12,50\xa0€"),
        ("en-gb", "Saturday 1\xa0May\xa02027", "Saturday 1\xa0May", "14:30", "€12.50"),
        (
            "fr-ch",
            "samedi 1<sup>er</sup>\xa0mai\xa02027",
            "samedi 1<sup>er</sup>\xa0mai",
            "14\xa0h\xa030",
            "12,50\xa0€",
        ),
    ],
)
def test_other_languages_are_written_their_own_way(language, long, short, clock, amount):
    day = date(2027, 5, 1)

    assert typography.long_date(day, language) == long
    assert typography.short_date(day, language) == short
    assert typography.clock_time(time(14, 30), language) == clock
    assert typography.price(1250, "EUR", language) == amount


def test_an_open_price_keeps_its_currency_in_place():
    assert typography.open_price("EUR", "fr") == "…\xa0€"
    assert typography.open_price("EUR", "en") == "€…"


@pytest.mark.parametrize(
    ("language", "written"), [("fr", "dimanche 2 mai 2027, 14 h 30"), ("en", "Sunday 2 May 2027, 14:30")]
)
def test_a_moment_is_a_date_and_a_time(language, written):
    with translation.override(language):
        found = typography.moment(datetime(2027, 5, 2, 12, 30, tzinfo=UTC))

    assert found.replace("\N{NO-BREAK SPACE}", " ") == written


@pytest.mark.parametrize(
    ("language", "code", "name"),
    [("fr", "ca", "catalan"), ("en", "ca", "Catalan"), ("en", "pt-xx", "Portuguese"), ("en", "zz", "ZZ")],
)
def test_a_language_has_a_name_within_a_sentence(language, code, name):
    with translation.override(language):
        assert typography.language_name(code) == name


@pytest.mark.parametrize("language", ["uk", "br", "fr", "en"])
def test_dates_without_markup_have_no_entities(language):
    for written in (typography.plain_date, typography.plain_short_date, typography.plain_day):
        assert not set("<>&;") & set(written(date(2027, 5, 7), language))


def test_a_version_has_a_date_without_its_weekday():
    assert typography.plain_day(date(2027, 5, 1), "fr") == f"1er{NB}mai{NB}2027"
    assert typography.plain_day(date(2027, 5, 1), "en") == f"1{NB}May{NB}2027"
