"""Asking to be told when a sale opens: asked on the page, confirmed and stopped by the links in the mail."""

import secrets
from datetime import datetime

from django.db.models import Case, F, Value, When

from festival.core import audit, outbox
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import OutgoingMail
from festival.typed.mail_addresses import mail_identity
from tickets.models import Product, SaleAlert

ASK_MAIL = "sale_alert.ask"
VISITOR = Actor("visitor")


def ask(*, product: Product, email: str, language: str, now: datetime) -> None:
    """Note that `email` wants to be told of `product`, once its link is opened; a mail is on its way after this.

    The same statements run whether the mailbox is on the list or not, so that neither the answer nor its time tells.
    One that is confirmed stays as it is: its mail says that it is on the list already.
    """
    mailbox = mail_identity(email)
    secret = secrets.token_urlsafe(32)
    fresh = {"email": email, "language": language, "created_at": now}
    with writing(public=False):
        new = SaleAlert(product=product, mailbox=mailbox, secret=secret, **fresh)
        SaleAlert.objects.bulk_create([new], ignore_conflicts=True)
        mine = SaleAlert.objects.filter(product=product, mailbox=mailbox)
        # Links that went to another spelling are void; those in an earlier mail to the same one still work.
        kept = Case(When(email=email, then=F("secret")), default=Value(secret))
        mine.filter(confirmed_at=None).update(secret=kept, **fresh)
        alert = mine.get()
        outbox.queue(ASK_MAIL, to=alert.email, language=alert.language, fact=alert, now=now, edition=product.edition)
        audit.record(
            "sale_alert.asked", alert, actor=VISITOR, at=now, facts={"product": product.slug}, edition=product.edition
        )


def confirm(*, alert: SaleAlert, now: datetime) -> None:
    """Count the alert from now on; one that is confirmed already stays as it is."""
    product = alert.product
    with writing(public=False):
        if SaleAlert.objects.unconfirmed().filter(pk=alert.pk).update(confirmed_at=now):
            facts = {"product": product.slug}
            audit.record("sale_alert.confirmed", alert, actor=VISITOR, at=now, facts=facts, edition=product.edition)


def stop(*, alert: SaleAlert, now: datetime) -> None:
    """Take the alert off the list, with every mail about it; what is gone already stays gone."""
    product = alert.product
    with writing(public=False):
        if forget([alert]):
            facts = {"product": product.slug}
            audit.record("sale_alert.stopped", alert, actor=VISITOR, at=now, facts=facts, edition=product.edition)


def forget(alerts: list[SaleAlert]) -> int:
    """Delete alerts and what the outbox keeps of their addresses, within a transaction; return how many were there."""
    numbers = [alert.pk for alert in alerts]
    mails = OutgoingMail.objects.filter(fact_type=SaleAlert._meta.label_lower, fact_id__in=map(str, numbers))
    mails.delete()
    return SaleAlert.objects.filter(pk__in=numbers).delete()[0]
