"""`manage.py make_signing_key`."""

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from tests.factories.festival import EditionFactory
from tickets.models import SigningKey

pytestmark = pytest.mark.django_db


def test_it_makes_the_next_key(capsys):
    EditionFactory()

    call_command("make_signing_key")
    call_command("make_signing_key")

    assert list(SigningKey.objects.values_list("kid", flat=True)) == [0, 1]
    assert "Key 1 of edition 2027" in capsys.readouterr().out


def test_it_prints_a_secret_that_works(capsys):
    call_command("make_signing_key", "--secret")

    assert Fernet(capsys.readouterr().out.strip())
    assert not SigningKey.objects.exists()


def test_without_a_secret_it_says_what_to_do(settings):
    EditionFactory()
    settings.TICKET_KEY_SECRET = ""

    with pytest.raises(CommandError, match="TICKET_KEY_SECRET is not set"):
        call_command("make_signing_key")


def test_without_an_edition_there_is_no_key():
    with pytest.raises(CommandError, match="no current edition"):
        call_command("make_signing_key")


def test_an_edition_in_preparation_gets_a_key_of_its_own(capsys):
    EditionFactory()
    EditionFactory(number=2028, is_current=False)

    call_command("make_signing_key", "--edition", "2028")

    assert list(SigningKey.objects.values_list("edition__number", flat=True)) == [2028]
    with pytest.raises(CommandError, match="no edition 2031"):
        call_command("make_signing_key", "--edition", "2031")
