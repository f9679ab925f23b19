"""When two addresses are one mailbox."""

import pytest

from festival.text.mail_addresses import identity


@pytest.mark.parametrize(
    "alias",
    [
        "lina.martin@example.org",
        "LINA.Martin@Example.ORG",
        " linamartin@example.org ",
        "linamartin+1@example.org",
        "l.i.n.a.martin+fest+2@example.org",
        "linamartin@example.org.",
        "ｌinamartin@example.org",
        '"linamartin"@example.org',
    ],
)
def test_aliases_are_one(alias):
    assert identity(alias) == "linamartin@example.org"


def test_one_host_has_two_names():
    assert identity("a.b@googlemail.com") == identity("ab@gmail.com")
    assert identity("a@bücher.example") == identity("a@xn--bcher-kva.example")


@pytest.mark.parametrize(
    ("one", "other"), [("lina@example.org", "milo@example.org"), ("lina@example.org", "lina@example.net")]
)
def test_people_stay_apart(one, other):
    assert identity(one) != identity(other)


@pytest.mark.parametrize("odd", ["", "no address", "@", "+@x.org", "...@x.org", "a@..", "a@" + "x" * 300, "\ud800@x"])
def test_anything_typed_has_one(odd):
    assert isinstance(identity(odd), str)
    assert identity(identity(odd)) == identity(odd)
