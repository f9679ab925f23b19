from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, Revision

from festival.cms.scheduling import publish_due
from festival.core.writing import site_generation
from festival.models import AuditEntry, StandardPage
from program.models import Session
from tests.factories.festival import StandardPageFactory
from tests.factories.program import SessionFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 5, 2, 9, 30, tzinfo=UTC)


def schedule(home, title, **fields):
    """Approve a page for a moment to come, and let that moment pass."""
    page = StandardPageFactory(parent=home, title=title, live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    revision = page.save_revision(approved_go_live_at=page.go_live_at)
    revision.publish()
    assert not StandardPage.objects.get(pk=page.pk).live
    return page, revision


def let_pass(*revisions):
    past = timezone.now() - timedelta(minutes=1)
    for revision in revisions:
        content = Revision.objects.get(pk=revision.pk).content | {"go_live_at": past.isoformat()}
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=content)


def test_a_scheduled_page_goes_live_at_its_time(home, client):
    page, revision = schedule(home, "À l’heure")
    before = site_generation()

    assert publish_due(NOW) == 0
    assert client.get(page.url).status_code == 404
    let_pass(revision)

    assert publish_due(NOW) == 1
    assert "À l’heure" in client.get(page.url).text
    assert site_generation() != before
    assert publish_due(NOW) == 0


def test_an_expired_page_goes_down(home, client):
    page = StandardPageFactory(parent=home, title="Jusqu’à midi")
    assert client.get(page.url).status_code == 200
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))

    assert publish_due(NOW) == 1

    assert client.get(page.url).status_code == 404
    assert StandardPage.objects.get(pk=page.pk).expired


def test_a_page_that_fails_keeps_no_other_from_its_time(home):
    broken, broken_revision = schedule(home, "Cassée")
    page, revision = schedule(home, "Entière")
    let_pass(broken_revision, revision)
    Revision.objects.filter(pk=broken_revision.pk).update(content={})

    with pytest.raises(ExceptionGroup, match="could not be published"):
        publish_due(NOW)

    assert StandardPage.objects.get(pk=page.pk).live
    assert not StandardPage.objects.get(pk=broken.pk).live


def test_a_session_that_is_approved_and_withdrawn_by_the_clock_is_recorded(home):
    session = SessionFactory(live=False)
    session.go_live_at = timezone.now() + timedelta(hours=1)
    revision = session.save_revision(approved_go_live_at=session.go_live_at)
    let_pass(revision)
    page, page_revision = schedule(home, "Une page")
    let_pass(page_revision)

    assert publish_due(NOW) == 2
    Session.objects.update(expire_at=timezone.now() - timedelta(minutes=1))
    assert publish_due(NOW) == 1

    assert list(AuditEntry.objects.values_list("verb", "actor", "at", "edition").order_by("pk")) == [
        ("session.published", "system:tick", NOW, "2027"),
        ("session.unpublished", "system:tick", NOW, "2027"),
    ]
    assert StandardPage.objects.get(pk=page.pk).live
