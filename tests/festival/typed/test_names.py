"""The names of people, and what only looks like one."""

import pytest
from hypothesis import given, strategies as st

from festival.typed import names
from festival.typed.names import NameFault


@pytest.mark.parametrize(
    "name",
    [
        "O’Brien",
        "O'Brien",
        "J. R. R. Tolkien",
        "J.R.R. Tolkien",
        "Dr. No",
        "van 't Hoff",
        "遥 南森",
        "María-José",
        "Zoé 🎪",
        "St. Mary's",
        "A",
        "J.Smith",
        "A.J.Smith",
        "M.Sc. Müller",
        "Ph.D. Li",
        "Jean-Pierre d’Arc",
        "Anna / Ben",
        "Gal·la",
        "Martin Luther King Jr.",
        "박서연",
        "N.N.",
        "R.E.M.",
        "Ste. Marie",
        "No. 5",
        "Ж.Иванов",
        "K.-H. Müller",
        "Awww Ben",
        "Anna & Ben",
        "3.14",
        "Mr.",
        "St.John",
        "Dr.Anna",
        "Dr.Wu",
        "M.Dupont",
        "J.Li",
        "J.De Smet",
        "J.Green",
        "A.-M. Roy",
        "A.-M.Roy",
        "Jean.Pierre",
        "Jean-Paul.Sartre",
        "Anna . Ben",
        "Ben (at the door)",
        "Anna [pianist]",
        "No: 5",
        "Éd.Martin",
        "Dr. Me",
        "Ben Jr. de Souza",
        "Mag. art. Anna",
    ],
)
def test_names_hold(name):
    assert names.cleaned(name) == name
    assert names.fault_of(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "Gagnez 500 euros https://offre.example/x1",
        "exemple.fr/x",
        "exemple.fr",
        "EXEMPLE.FR",
        "Exemple.Fr",
        "www.x",
        "www exemple fr",
        "a@b",
        "a＠b",
        "exemple．fr",
        "exemple。fr",
        "exemple｡fr",
        "exemple․fr",
        "exemple﹒fr",
        "bit.ly/abc",
        "t.co/x",
        "T.CO",
        "192.168.1.1",
        "mailto:x",
        "例子.测试",
        "ⓔxample.com",
        "xn--a.xn--b1",
        "ex\xadem\u200bple.fr",
        "HTTP:x",
        "h\u200bttps://x",
        "foo.museum bar",
        "javascript: x",
        "J.Li/x",
        "ftp://x",
        "Gewinn! offre.example",
        "sur X.Com",
        "T.Co",
        "T.Me",
        "voir exemple.fr",
        "t.me/abc",
        "exemple。com",
        "exemple[.]com",
        "exemple [.] com",
        "exemple(dot)com",
        "exemple [point] fr",
        "moi (at) exemple",
        "moi [arobase] exemple",
        "HTTPS : // x",
        "h t t p s : / / x",
        "hxxps:x",
        "exemple .com",
        "exemple . fr",
        "exemple. com",
        "Casino.Vip",
        "Promo.Rocks",
        "Bit.Ly",
        "Dr.Com",
        "St.Fr",
        "Пример.Онлайн",
        "Gagnez500.Maintenant",
        "J.GREEN/x",
        "Jean.pierre",
    ],
)
def test_addresses_are_no_names(name):
    assert names.fault_of(names.cleaned(name)) is NameFault.ADDRESS


@pytest.mark.parametrize(
    ("typed", "name"),
    [(" Anna\r\nLee ", "Anna Lee"), ("Anna\xa0Lee", "Anna Lee"), ("\u200b", ""), ("\u202eAnna", "Anna")],
)
def test_a_name_is_one_line_with_ordinary_spaces(typed, name):
    assert names.cleaned(typed) == name


def test_a_name_is_there_and_not_too_long():
    assert names.fault_of("") is NameFault.EMPTY
    assert names.fault_of("x" * 120) is None
    assert names.fault_of("x" * 121) is NameFault.TOO_LONG
    assert names.fault_of("xyz", longest=2) is NameFault.TOO_LONG


@given(st.text())
def test_cleaning_a_name_twice_changes_nothing(text):
    assert names.cleaned(names.cleaned(text)) == names.cleaned(text)


@given(st.text(), st.sampled_from(["exemple.fr", "https://x", "www.x", "a@b.c"]), st.text())
def test_an_address_is_found_wherever_it_stands(before, address, after):
    assert names.holds_address(names.cleaned(f"{before} {address} {after}"))
