from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as mails
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from festival.core import outbox
from festival.core.audit import Actor
from festival.core.background import ATTEMPTS, LEASE
from festival.core.writing import writing
from festival.models import AuditEntry, OutgoingMail
from tests.factories.festival import EditionFactory, OutgoingMailFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 5, 2, 9, 30, tzinfo=UTC)
ALICE = Actor("user:1", "Alice")


@pytest.fixture(autouse=True)
def builders(settings):
    settings.MAIL_BUILDERS = {"test.greeting": "tests.festival.core.test_delivery.greeting"}


def queue(fact=None, **options):
    fact = fact or EditionFactory()
    options = {"to": "lina@example.org", "language": "en", "now": NOW} | options
    with writing(public=False):
        return outbox.queue("test.greeting", fact=fact, **options)


def test_a_queued_mail_is_sent_by_the_worker(run_outbox):
    edition = EditionFactory()
    mail = queue(edition, edition=edition)
    assert (mail.state, mail.created_at, mail.edition, mail.is_waiting) == ("queued", NOW, edition, True)
    assert list(OutgoingMail.objects.about(edition)) == [mail]

    run_outbox()

    mail.refresh_from_db()
    assert [sent.to for sent in mails.outbox] == [["lina@example.org"]]
    assert (mail.state, mail.sent_at, mail.is_waiting) == ("sent", NOW, False)


def test_queueing_costs_two_inserts(django_assert_num_queries):
    edition = EditionFactory()

    with transaction.atomic(), django_assert_num_queries(2):
        outbox.queue("test.greeting", to="a@b.example", language="fr", fact=edition, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_the_mail_of_a_fact_that_is_given_up_is_never_sent():
    edition = EditionFactory()

    def fail():
        with writing(public=False):
            outbox.queue("test.greeting", to="a@b.example", language="fr", fact=edition, now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with pytest.raises(RuntimeError, match="Mails are queued only within"):
        outbox.queue("test.greeting", to="a@b.example", language="fr", fact=edition, now=NOW)
    call_command("work", batch=True, interval=0, verbosity=0)

    assert mails.outbox == []
    assert not OutgoingMail.objects.exists()


def test_a_kind_without_a_builder_is_refused_at_once():
    with pytest.raises(ImproperlyConfigured), writing(public=False):
        outbox.queue("test.unknown", to="a@b.example", language="fr", fact=EditionFactory(), now=NOW)

    assert not OutgoingMail.objects.exists()


def test_message_ids_are_of_the_site_and_never_the_same(settings):
    settings.BASE_URL = "https://festival.example.org:8443"

    ids = [queue().message_id, queue().message_id]

    assert ids[0] != ids[1]
    assert all(each.endswith("@festival.example.org>") for each in ids)


# Sending again --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["sent", "failed", "cancelled"])
def test_sending_again_makes_a_new_row(run_outbox, state):
    sent_at = NOW - timedelta(days=1) if state == "sent" else None
    mail = OutgoingMailFactory(state=state, sent_at=sent_at, tries=1, edition=EditionFactory())

    again = outbox.send_again(mail, now=NOW, actor=ALICE)
    run_outbox()

    before = OutgoingMail.objects.get(pk=mail.pk)
    assert (before.state, before.sent_at, before.tries) == (state, sent_at, 1)
    after = OutgoingMail.objects.get(pk=again.pk)
    assert (after.state, after.to, after.kind, after.fact_id) == ("sent", mail.to, mail.kind, mail.fact_id)
    assert (after.again_for, after.edition, after.language) == (mail, mail.edition, mail.language)
    assert after.message_id != mail.message_id
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.subject_id) == ("mail.sent_again", "user:1", str(again.pk))
    assert entry.facts == {"first": mail.pk, "kind": "test.greeting"}


def test_a_second_press_of_the_button_sends_nothing_more():
    mail = OutgoingMailFactory(state="failed")

    first = outbox.send_again(mail, now=NOW, actor=ALICE)

    assert outbox.send_again(mail, now=NOW, actor=ALICE) == first
    assert outbox.send_again(first, now=NOW, actor=ALICE) == first
    assert OutgoingMail.objects.count() == 2
    assert AuditEntry.objects.count() == 1


# Taking back ----------------------------------------------------------------------------------------------------------


def test_reap_leaves_alone_what_is_on_its_way():
    queue()

    assert outbox.reap(timezone.now()) == 0
    assert DBTaskResult.objects.count() == 1


def test_reap_puts_back_a_mail_of_a_killed_worker(run_outbox):
    queue()
    OutgoingMail.objects.update(state="sending", tries=1)
    long_ago = timezone.now() - 2 * LEASE
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=long_ago, worker_ids=["dead"])

    assert outbox.reap(timezone.now()) == 1
    run_outbox()

    assert OutgoingMail.objects.get().state == "sent"


@pytest.mark.parametrize("state", ["queued", "sending"])
def test_reap_gives_a_task_to_a_mail_that_lost_its_own(run_outbox, state):
    mail = queue()
    OutgoingMail.objects.update(state=state)
    DBTaskResult.objects.all().delete()

    assert outbox.reap(timezone.now()) == 1
    assert outbox.reap(timezone.now()) == 0
    run_outbox()

    mail.refresh_from_db()
    assert mail.state == "sent"


def test_reap_waits_for_the_retry_of_a_task_that_has_just_failed():
    queue()
    now = timezone.now()
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, finished_at=now - LEASE / 2)

    assert outbox.reap(now) == 0
    assert outbox.reap(now + LEASE) == 1


def test_reap_gives_up_a_mail_without_tries_left():
    mail = OutgoingMailFactory(state="sending", tries=ATTEMPTS)

    assert outbox.reap(timezone.now()) == 1
    mail.refresh_from_db()
    assert mail.state == "failed"
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize(("state", "sent_at"), [("sent", None), ("queued", NOW)])
def test_the_database_keeps_state_and_time_together(state, sent_at):
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMailFactory(state=state, sent_at=sent_at)


def test_what_was_given_up_is_sent_again_once_and_the_oldest_first():
    first, second = OutgoingMailFactory(state="failed"), OutgoingMailFactory(state="failed")
    twin = OutgoingMailFactory(state="failed", to=second.to, fact_id=second.fact_id)
    OutgoingMailFactory(state="cancelled")
    repeated = OutgoingMailFactory(state="failed")
    OutgoingMailFactory(to=repeated.to, fact_id=repeated.fact_id, state="sent", sent_at=NOW)

    counts = [outbox.send_given_up_again(now=NOW, actor=ALICE, limit=1) for _ in range(3)]

    assert counts == [1, 1, 0]
    assert [mail.again_for for mail in OutgoingMail.objects.waiting().order_by("pk")] == [first, twin]
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["mail.sent_again"] * 2


def test_what_fails_again_can_be_sent_again(run_outbox):
    mail = OutgoingMailFactory(state="failed")
    outbox.send_given_up_again(now=NOW, actor=ALICE)
    OutgoingMail.objects.waiting().update(state="failed")

    assert outbox.send_given_up_again(now=NOW, actor=ALICE) == 1
    run_outbox()

    assert [sent.to for sent in mails.outbox] == [[mail.to]]
