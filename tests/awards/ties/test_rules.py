"""Ties between jurors and projects, by their papers."""

import pytest
from hypothesis import given, strategies as st

from awards.ties.rules import Papers, domain_of, organisation_key, ties


def papers(key, *owners, members=(), organisations=()):
    return Papers(key, frozenset(owners), frozenset(members), frozenset(organisations))


ADA = papers(1, "Ada@Atelier.fr", "ada@gmail.com", organisations=["L’Atelier des Bords"])


@pytest.mark.parametrize(
    ("entry", "tie"),
    [
        (papers(7, "ada@atelier.fr"), "owner"),
        (papers(7, "ADA@GMAIL.COM"), "owner"),
        (papers(7, "bo@x.fr", members=["ada@gmail.com"]), "member"),
        (papers(7, "bo@atelier.fr"), "mail_domain"),
        (papers(7, "bo@x.fr", members=["bo@atelier.FR"]), "mail_domain"),
        (papers(7, "bo@gmail.com"), None),
        (papers(7, "bo@yahoo.co.uk", members=["cy@atelier.be"]), None),
        (papers(7, organisations=["l'ATELIER  des bords"]), "organisation"),
        (papers(7, organisations=["L’Atelier"]), None),
        (papers(7, "ada@atelier.fr", organisations=["L’Atelier des Bords"]), "owner"),
        (papers(7), None),
    ],
)
def test_ties_finds_the_strongest(entry, tie):
    assert list(ties([ADA], [entry])) == ([(1, 7, tie)] if tie else [])


def test_ties_nothing_written_is_nothing_in_common():
    assert list(ties([papers(1, "", organisations=[" – "])], [papers(7, "", organisations=["…"])])) == []


@given(st.permutations([ADA, papers(2, "bo@atelier.fr"), papers(3, "cy@x.fr")]))
def test_ties_order_of_the_jury_changes_nothing(jurors):
    entries = [papers(7, "bo@atelier.fr"), papers(8, "cy@x.fr")]
    assert list(ties(jurors, entries)) == [(1, 7, "mail_domain"), (2, 7, "owner"), (3, 8, "owner")]


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("ada@Atelier.fr.", "atelier.fr"),
        ("ada@mail.atelier.asso.fr", "mail.atelier.asso.fr"),
        ("ada@outlook.be", ""),
        ("ada@yahoo.co.uk", ""),
        ("ada@localhost", ""),
        ("atelier.fr", ""),
        ("ada@jury.example.org", ""),
    ],
)
def test_domain_of(address, domain):
    assert domain_of(address) == domain


def test_organisation_key_looks_through_spelling():
    assert organisation_key("Térkép Műhely") == organisation_key("TERKEP  MUHELY!") == "terkepmuhely"
