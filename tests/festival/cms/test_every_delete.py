"""Every delete button of the CMS, of every app and of Wagtail's own, over the demo week: never a broken server."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from wagtail.admin.viewsets import viewsets
from wagtail.models import Collection
from wagtail.snippets.models import get_snippet_models

from festival.models import Edition, FestivalImage, User
from tests.factories.festival import UserFactory

pytestmark = pytest.mark.week


def buttons():
    """Yield (name, model, name of the address) of each screen that deletes."""
    reverse("wagtailadmin_home")
    for viewset in [*viewsets.viewsets, *(model.snippet_viewset for model in get_snippet_models())]:
        model = getattr(viewset, "model", None)
        if isinstance(model, type) and hasattr(viewset, "get_url_name"):
            yield viewset.__class__.__name__, model, viewset.get_url_name("delete")
    yield "users", User, "wagtailusers_users:delete"
    yield "groups", Group, "wagtailusers_groups:delete"
    yield "images", FestivalImage, "wagtailimages:delete"
    yield "collections", Collection, "wagtailadmin_collections:delete"


def test_no_button_breaks_and_what_is_in_use_stays(demo, client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.raise_request_exception = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    answers = {}
    for name, model, address in buttons():
        for row in model._default_manager.order_by("pk")[:3]:
            try:
                path = reverse(address, args=[row.pk])
            except NoReverseMatch:
                continue
            for method in ("get", "post"):
                with transaction.atomic():
                    response = getattr(client, method)(path)
                    answers[name, method, row.pk] = response.status_code
                    transaction.set_rollback(True)

    assert {key: status for key, status in answers.items() if status >= 500} == {}
    assert len({name for name, _method, _pk in answers}) >= 15


def test_an_edition_says_what_uses_it(demo, client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    edition = Edition.objects.current()
    address = reverse("edition:delete", args=[edition.pk])

    question, answer = client.get(address).content.decode(), client.post(address).content.decode()

    assert Edition.objects.filter(pk=edition.pk).exists()
    for html in (question, answer):
        assert "utilis" in html
