"""Who may do what to which row of the office, and that what is done is recorded."""

import pytest
from django.contrib.auth.models import Permission

from awards.models import Assignment, Entry
from awards.office.base import AssignmentPolicy, KeptPolicy
from tests.factories.festival import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    """Somebody with every right to projects and assignments."""
    user = UserFactory()
    user.user_permissions.set(Permission.objects.filter(content_type__model__in=["entry", "assignment"]))
    return user


def test_kept_rows_are_never_deleted_whoever_asks(user):
    policy = KeptPolicy(Entry)
    admin = UserFactory(is_superuser=True)
    assert [policy.user_has_permission(user, action) for action in ("add", "change", "delete")] == [True, True, False]
    assert not policy.user_has_permission(admin, "delete")


def test_a_pair_is_never_changed_into_another(user):
    policy = AssignmentPolicy(Assignment)
    assert [policy.user_has_permission(user, action) for action in ("add", "change", "delete")] == [True, False, True]
    assert not policy.user_has_permission(UserFactory(is_superuser=True), "change")


@pytest.mark.parametrize("policy", [KeptPolicy(Entry), AssignmentPolicy(Assignment)])
def test_without_rights_nobody_may_anything(policy):
    assert not any(policy.user_has_permission(UserFactory(), action) for action in ("add", "change", "delete"))
