"""What `fsck` after each test finds, though it asks what it asked before without wording it again."""

import pytest

from tests import books
from tests.factories.tickets import QuotaFactory
from tickets.catalogue import invariants
from tickets.models import Quota

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


def test_a_fault_is_found_after_the_same_check_was_content():
    quota = QuotaFactory()
    for _ in range(2):
        with books.kept():
            quota.save()
    (check,) = [check for check in invariants.CHECKS if check.__name__ == "_counters"]

    assert books._is_known_to_be_sound(check)
    with pytest.raises(AssertionError, match="taken is 5"), books.kept():
        Quota.objects.update(taken=5)
    assert not books._is_known_to_be_sound(check)


def test_what_was_unsound_is_found_each_time():
    QuotaFactory()
    for _ in range(2):
        with pytest.raises(AssertionError, match="taken is 5"), books.kept():
            Quota.objects.update(taken=5)
