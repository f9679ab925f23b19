"""The phones in the admin: withdrawn by one button, allowed again by another."""

import pytest

from tests.factories.door import open_door
from tests.factories.festival import UserFactory
from tests.factories.tickets import NOW
from tickets.models import Device

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def test_a_phone_is_withdrawn_and_allowed_again_by_one_button_each(editor):
    phone = open_door().phone
    page = f"/cms/door-phones/edit/{phone.pk}/"
    assert f"/cms/door-phones/withdraw/{phone.pk}/" in editor.get(page).content.decode()

    told = editor.post(f"/cms/door-phones/withdraw/{phone.pk}/", follow=True).content.decode()

    phone.refresh_from_db()
    assert phone.revoked_at == NOW
    assert "Ce téléphone est retiré" in told
    editor.post(f"/cms/door-phones/allow/{phone.pk}/")
    phone.refresh_from_db()
    assert (phone.revoked_at, phone.list) == (None, None)


def test_a_phone_is_renamed_and_may_be_kept_from_searching(editor):
    phone = open_door().phone

    editor.post(f"/cms/door-phones/edit/{phone.pk}/", {"name": "Nord"})

    phone.refresh_from_db()
    assert (phone.name, phone.finds_by_name) == ("Nord", False)


@pytest.mark.parametrize("path", ["new/", "delete/{pk}/"])
def test_phones_are_neither_added_nor_deleted_by_hand(editor, path):
    phone = open_door().phone

    for ask in (editor.get, editor.post):
        assert ask(f"/cms/door-phones/{path.format(pk=phone.pk)}").status_code in {302, 403, 404}
    assert Device.objects.filter(pk=phone.pk).exists()
