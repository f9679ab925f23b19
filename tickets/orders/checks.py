"""System checks of the shop: `manage.py check --database default` says what is missing for selling."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning as Warn, register
from django.db import connections

from festival.models import Edition
from tickets.models import Product
from tickets.orders import readiness


@register(Tags.database)
def ready_to_sell(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn of each gap of the current edition; say nothing before the tables are there."""
    if "default" not in (databases or ()):
        return []
    if Product._meta.db_table not in connections["default"].introspection.table_names():
        return []
    edition = Edition.objects.current()
    return [Warn(str(gap), id="tickets.W001") for gap in (readiness.gaps(edition) if edition else ())]
