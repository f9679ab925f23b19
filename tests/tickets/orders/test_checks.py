"""The system check of the shop."""

import pytest
from django.db import connections

from tickets.models import SigningKey
from tickets.orders.checks import ready_to_sell

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


def test_an_empty_database_is_not_asked(village, monkeypatch):
    """`migrate` checks before there are tables."""
    SigningKey.objects.all().delete()
    assert len(ready_to_sell(None, databases=["default"])) == 1

    monkeypatch.setattr(connections["default"].introspection, "table_names", list)

    assert ready_to_sell(None, databases=["default"]) == []
