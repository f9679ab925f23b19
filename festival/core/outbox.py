"""Mails are queued in the transaction of the fact, sent in the background, and kept as rows (decision 0023)."""

from datetime import datetime
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Model, Q
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from festival.core import audit, background, delivery
from festival.core.audit import Actor
from festival.core.tasks import send_mail
from festival.core.writing import require_transaction, writing
from festival.models import Edition, OutgoingMail


def queue(
    kind: str, *, to: str, language: str, fact: Model, now: datetime, edition: Edition | None = None
) -> OutgoingMail:
    """Queue a mail about the stored row `fact`; it is on the way when the caller's transaction is committed.

    The builder that `MAIL_BUILDERS` names for `kind` makes it when it is sent, in `language`.

    Raises:
        RuntimeError: Outside a transaction.
        ImproperlyConfigured: If no builder is named for `kind`.
    """
    require_transaction("Mails are queued")
    delivery.builder_of(kind)
    return _queue(
        OutgoingMail(
            kind=kind,
            to=to,
            language=language,
            fact_type=fact._meta.label_lower,
            fact_id=str(fact.pk),
            edition=edition,
            created_at=now,
        )
    )


def send_again(mail: OutgoingMail, *, now: datetime, actor: Actor) -> OutgoingMail:
    """Queue a new mail like `mail`, built anew from its fact, and return it; `mail` itself stays as it is.

    When such a mail waits already, nothing is written and that one is returned.
    """
    alike = OutgoingMail.objects.filter(kind=mail.kind, to=mail.to, fact_type=mail.fact_type, fact_id=mail.fact_id)
    with writing(public=False):
        # Whoever else asks for the same at this moment waits here, and then finds our row.
        OutgoingMail.objects.select_for_update().get(pk=mail.pk)
        if waiting := alike.waiting().first():
            return waiting
        again = _queue(
            OutgoingMail(
                kind=mail.kind,
                to=mail.to,
                language=mail.language,
                fact_type=mail.fact_type,
                fact_id=mail.fact_id,
                edition_id=mail.edition_id,
                again_for=mail,
                created_at=now,
            )
        )
        audit.record("mail.sent_again", again, actor=actor, at=now, facts={"first": mail.pk, "kind": mail.kind})
    return again


def send_given_up_again(*, now: datetime, actor: Actor, limit: int = 500) -> int:
    """Queue anew what was given up, the oldest first and at most `limit` mails; return how many are on their way.

    Each is an act of its own in the audit log; whoever presses twice sends nothing twice.
    """
    mails = list(OutgoingMail.objects.given_up().order_by("pk")[:limit])
    for mail in mails:
        send_again(mail, now=now, actor=actor)
    return len(mails)


def reap(now: datetime) -> int:
    """Put back what a killed worker held, and return how many tasks and mails that were.

    Args:
        now: Real time, which the tasks' rows are stamped with, whatever the festival's clock shows.
    """
    return background.take_back(now) + _adopt_orphans(now)


def _queue(mail: OutgoingMail) -> OutgoingMail:
    mail.message_id = make_msgid(domain=urlsplit(settings.BASE_URL).hostname)
    mail.save(force_insert=True)
    send_mail.enqueue(mail.pk)
    return mail


def _adopt_orphans(now: datetime) -> int:
    """Give a new task to each waiting mail that has none; a mail that has had its tries is given up.

    Mails are read before tasks: the two are written together, so that no new mail looks like an orphan. A task that
    has just failed is about to be put back.
    """
    waiting = dict(OutgoingMail.objects.waiting().values_list("pk", "tries"))
    if not waiting:
        return 0
    alive = DBTaskResult.objects.filter(task_path=send_mail.module_path).filter(
        Q(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
        | Q(status=TaskResultStatus.FAILED, finished_at__gt=now - background.LEASE)
    )
    orphans = waiting.keys() - {arguments["args"][0] for arguments in alive.values_list("args_kwargs", flat=True)}
    for pk in sorted(orphans):
        with writing(public=False):
            if waiting[pk] >= background.ATTEMPTS:
                OutgoingMail.objects.waiting().filter(pk=pk).update(state=OutgoingMail.State.FAILED)
            else:
                send_mail.enqueue(pk)
    return len(orphans)
