"""The site's generation: a number in the database that grows whenever something public changes.

Reading it costs one query a request and makes every cache exact across processes (decision 0005).
"""

from contextvars import ContextVar

from django.core.signals import request_started
from django.db.models import F

from festival.models import SiteGeneration

_seen: ContextVar[int | None] = ContextVar("site_generation", default=None)


def current() -> int:
    """Return the generation; asked of the database once a request."""
    number = _seen.get()
    if number is None:
        number = SiteGeneration.objects.values_list("number", flat=True).filter(pk=1).first() or 0
        _seen.set(number)
    return number


def bump() -> None:
    """Start a new generation. Call it in the transaction of the change."""
    if not SiteGeneration.objects.filter(pk=1).update(number=F("number") + 1):
        SiteGeneration.objects.create(pk=1, number=1)
    _seen.set(None)


def forget(**_: object) -> None:
    """Ask the database anew at the next call; runs when a request starts."""
    _seen.set(None)


request_started.connect(forget, dispatch_uid="festival.core.generation.forget")
