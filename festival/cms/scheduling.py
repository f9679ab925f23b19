"""Pages and other content that editors scheduled: out at their time, down at their time.

Wagtail compares with real time, also when it publishes, so a moved `FESTIVAL_CLOCK` brings nothing forward.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any, cast

from django.apps import apps
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing


def publish_due(now: datetime) -> int:
    """Do what Wagtail's `publish_scheduled` does, each row in a transaction of its own; return how many rows.

    Raises:
        ExceptionGroup: At the end, with the failures; a row that fails keeps no other from its time.
    """
    real_now = timezone.now()
    done, failures = 0, []
    for change in [*_withdrawals(real_now), *_publications(real_now)]:
        try:
            with writing(public=True):
                _record(*change(), now=now)
        except Exception as error:  # noqa: BLE001 -- raised below, after the others
            failures.append(error)
        else:
            done += 1
    if failures:
        raise ExceptionGroup("Some scheduled content could not be published.", failures)
    return done


def _withdrawals(real_now: datetime) -> Iterator[Callable[[], tuple[Any, str]]]:
    for model in cast("list[Any]", apps.get_models()):
        if not issubclass(model, DraftStateMixin) or (issubclass(model, Page) and model is not Page):
            continue
        for row in model._default_manager.filter(live=True, expire_at__lt=real_now).order_by("expire_at"):
            yield partial(_withdraw, row)


def _publications(real_now: datetime) -> Iterator[Callable[[], tuple[Any, str]]]:
    due = Revision.objects.filter(approved_go_live_at__lt=real_now).order_by("approved_go_live_at")
    for revision in due:
        yield partial(_publish, revision)


def _withdraw(row: Any) -> tuple[Any, str]:
    row.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return row, "unpublished"


def _publish(revision: Any) -> tuple[Any, str]:
    revision.publish(log_action="wagtail.publish.scheduled")
    return revision.content_object, "published"


def _record(row: Any, verb: str, *, now: datetime) -> None:
    """Record what is not a page: those have a history of their own."""
    if not isinstance(row, Page):
        edition = getattr(row, "edition", None)
        audit.record(f"{row._meta.model_name}.{verb}", row, actor=Actor.system("tick"), at=now, edition=edition)
