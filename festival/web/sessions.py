"""Ending sessions that hold a certain mark, such as the phone that they were opened on."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils import timezone

from festival.core.writing import writing


def end_marked(mark: str, value: str) -> int:
    """End every session that holds `value` under `mark`, and return how many.

    All that have not expired are looked into, as none can be searched for; it is a rare act. Sessions that are not kept
    in the database are left to whoever checks the mark at each request.
    """
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    if not hasattr(store, "get_model_class"):
        return 0
    rows = store.get_model_class().objects.filter(expire_date__gt=timezone.now())
    found = [row.pk for row in rows.iterator(chunk_size=500) if row.get_decoded().get(mark) == value]
    with writing(public=False):
        return rows.filter(pk__in=found).delete()[0] if found else 0
