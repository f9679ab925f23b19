import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from festival.models import TickJob
from tests.factories.festival import OutgoingMailFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def all_jobs_done(settings):
    TickJob.objects.bulk_create(TickJob(name=name, last_finished=timezone.now()) for name in settings.TICK_JOBS)


def test_nothing_is_said_when_all_is_well(home, editor_client, all_jobs_done):
    assert "<code>manage.py tick</code>" not in editor_client.get("/cms/").text


def test_late_jobs_are_named(home, editor_client, all_jobs_done):
    TickJob.objects.filter(name="festival.core.audit.seal").delete()

    page = editor_client.get("/cms/").text

    assert "<code>festival.core.audit.seal</code>." in page
    assert "festival.core.chores.clean" not in page


def test_mails_that_were_given_up_are_counted_until_they_are_sent_again(home, editor_client, all_jobs_done):
    first, _ = OutgoingMailFactory.create_batch(2, state="failed")
    assert "2 courriels" in editor_client.get("/cms/").text

    OutgoingMailFactory(again_for=first, to=first.to)

    page = editor_client.get("/cms/").text
    assert "Un courriel" in page
    assert 'href="/cms/mails/?state=failed"' in page


def test_mails_that_wait_for_long_are_told_with_what_the_mail_server_says(home, editor_client, all_jobs_done):
    OutgoingMailFactory(tries=6, last_error="TimeoutError: timed out")
    assert "plus d’une demi-heure" not in editor_client.get("/cms/").text

    OutgoingMailFactory(tries=7, last_error="ConnectionRefusedError: [Errno 111] Connection refused")

    page = editor_client.get("/cms/").text
    assert "Un courriel attend depuis plus d’une demi-heure" in page
    assert "Connection refused</code>" in page
    assert 'href="/cms/mails/?state=queued"' in page


def test_who_cannot_help_is_told_nothing(home, client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    user = UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(user)

    assert "<code>manage.py tick</code>" not in client.get("/cms/").text
