"""What happens when an edition is made, and when another one comes on the site."""

from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from festival.core import audit
from festival.core.writing import require_transaction
from festival.models import Edition


def announce(edition: Edition, *, now: datetime) -> None:
    """Call every function that the setting `EDITION_CREATED` names, in the transaction that made the edition."""
    for name in settings.EDITION_CREATED:
        import_string(name)(edition=edition, now=now)


def make_way(edition: Edition, *, actor: audit.Actor, now: datetime) -> None:
    """Take the edition that the site shows off it, so that `edition` can be saved as the current one.

    Both belong in one transaction, so that no visitor meets a site without an edition.

    Args:
        edition: The one that comes, saved or new.
        actor: Who decides, for the audit log.
        now: Aware moment.

    Raises:
        RuntimeError: Outside a transaction.
    """
    require_transaction("The current edition changes")
    for shown in Edition.objects.select_for_update().filter(is_current=True).exclude(pk=edition.pk):
        Edition.objects.filter(pk=shown.pk).update(is_current=False)
        facts: dict[str, audit.Fact] = {"next": edition.number}
        audit.record("edition.taken_off", shown, actor=actor, at=now, facts=facts, edition=shown)
