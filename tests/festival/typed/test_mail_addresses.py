"""Mail addresses: what is stored, what is refused and why, whom aliases belong to."""

import pytest
from hypothesis import given, strategies as st

from festival.typed import mail_addresses
from festival.typed.mail_addresses import AddressFault, InvalidAddress


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Anna@Exemple.FR", "Anna@exemple.fr"),
        (" a@b.fr\r\n", "a@b.fr"),
        ("a\x01@b.fr", "a@b.fr"),
        ("a\u200b@b.fr", "a@b.fr"),
        ("a@straße.de", "a@xn--strae-oqa.de"),
        ("a@Café.fr", "a@xn--caf-dma.fr"),
        ("a@cafe\u0301.fr", "a@xn--caf-dma.fr"),
        ("a@xn--caf-dma.fr", "a@xn--caf-dma.fr"),
        ("a@ｅxample。com", "a@example.com"),
        ("a＠b.fr", "a@b.fr"),
        ("o'brien+x@b.fr", "o'brien+x@b.fr"),
        ("x" * 64 + "@b.fr", "x" * 64 + "@b.fr"),
    ],
)
def test_one_form_is_stored(typed, stored):
    assert mail_addresses.canonical(typed) == stored
    assert mail_addresses.can_exist(typed)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", AddressFault.EMPTY),
        ("\u200b", AddressFault.EMPTY),
        ("a b@c.fr", AddressFault.SPACE),
        ("ab.fr", AddressFault.NO_AT),
        ("a@@b.fr", AddressFault.TWO_AT),
        ("a@b.fr,c@d.fr", AddressFault.TWO_AT),
        ("@b.fr", AddressFault.NO_LOCAL),
        ("a@b", AddressFault.NO_ENDING),
        ("a@b.1", AddressFault.NO_ENDING),
        ("a@b.f", AddressFault.NO_ENDING),
        ("a@b.fr.", AddressFault.NO_ENDING),
        ("a@[1.2.3.4]", AddressFault.LETTERS),
        ('"\x01"@example.org', AddressFault.LETTERS),
        ('"a"@example.org', AddressFault.LETTERS),
        ("<a@b.fr>", AddressFault.LETTERS),
        (".a@b.fr", AddressFault.LETTERS),
        ("a..b@b.fr", AddressFault.LETTERS),
        ("é@b.fr", AddressFault.LETTERS),
        ("a@-b.fr", AddressFault.LETTERS),
        ("a@b..fr", AddressFault.LETTERS),
        ("a@b_c.fr", AddressFault.LETTERS),
        ("a@" + "b" * 64 + ".fr", AddressFault.LETTERS),
        ("x" * 65 + "@b.fr", AddressFault.TOO_LONG),
        ("x" * 61 + "@" + ".".join(["b" * 60] * 3) + ".example.fr", AddressFault.TOO_LONG),
    ],
)
def test_what_no_mail_reaches_is_refused(typed, fault):
    with pytest.raises(InvalidAddress) as refused:
        mail_addresses.canonical(typed)

    assert refused.value.fault is fault
    assert not mail_addresses.can_exist(typed)


@pytest.mark.parametrize(
    ("address", "identity"),
    [
        ("Anna@Exemple.FR", "anna@exemple.fr"),
        ("anna+tag@exemple.fr", "anna@exemple.fr"),
        ("An.Na+x@GoogleMail.com", "anna@gmail.com"),
        ("an.na@exemple.fr", "an.na@exemple.fr"),
        ("+x@exemple.fr", "+x@exemple.fr"),
        (" Nothing ", "nothing"),
    ],
)
def test_aliases_are_one_person(address, identity):
    assert mail_addresses.mail_identity(address) == identity


@given(st.text() | st.emails())
def test_the_stored_form_is_its_own(text):
    try:
        stored = mail_addresses.canonical(text)
    except InvalidAddress:
        return
    assert mail_addresses.canonical(stored) == stored
    assert stored.isascii()
    assert len(stored) <= 254
    assert mail_addresses.mail_identity(mail_addresses.mail_identity(text)) == mail_addresses.mail_identity(text)


@pytest.mark.parametrize(
    ("address", "hints"),
    [
        ("Noa+x@Example.org", ("noa", ("example.org",))),
        ("n.o.a@gmail.com", ("n", ("gmail.com", "googlemail.com"))),
        ("+x@example.org", ("+x", ("example.org",))),
        ("Nobody", ("nobody", ())),
    ],
)
def test_where_the_aliases_of_a_mailbox_are(address, hints):
    assert mail_addresses.mailbox_hints(address) == hints
