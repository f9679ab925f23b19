"""Signing keys."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories.festival import EditionFactory
from tests.factories.tickets import NOW, signing_key
from tickets.models import SigningKey

pytestmark = pytest.mark.django_db


def test_a_key_number_is_used_once_in_an_edition():
    key = signing_key(EditionFactory())
    twin = SigningKey(edition=key.edition, kid=0, public=b"x" * 32, private_encrypted=b"x", created_at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    assert signing_key(EditionFactory(number=2028, is_current=False)).kid == 0
