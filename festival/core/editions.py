"""What happens when an edition is made: the apps are told, by the setting `EDITION_CREATED`."""

from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from festival.models import Edition


def announce(edition: Edition, *, now: datetime) -> None:
    """Call every function that the setting names with the new edition, in the transaction that made it."""
    for name in settings.EDITION_CREATED:
        import_string(name)(edition=edition, now=now)
