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


def bears_its_number(edition: Edition) -> bool:
    """Return whether something that is out in the world carries the number of an edition, such as a ticket.

    Models say so of themselves, by an attribute `bears_edition_number`.
    """
    return _is_held(edition, "bears_edition_number")


def counts_its_days(edition: Edition) -> bool:
    """Return whether something that is out in the world counts days from the first one of an edition.

    Models say so of themselves, by an attribute `counts_edition_days`. With another first day, what is printed already
    would mean other days.
    """
    return _is_held(edition, "counts_edition_days")


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


def _is_held(edition: Edition, attribute: str) -> bool:
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: edition.pk}).exists()
        for relation in edition._meta.related_objects
        if getattr(relation.related_model, attribute, False)
    )
