import pytest

from festival.core import generation

pytestmark = pytest.mark.django_db


def test_current_starts_at_zero():
    assert generation.current() == 0


def test_current_asks_the_database_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        generation.current()
        generation.current()


def test_bump_is_seen_at_once():
    generation.bump()
    generation.bump()

    assert generation.current() == 2


def test_forget_sees_what_another_process_did():
    generation.bump()
    generation.current()
    from festival.models import SiteGeneration

    SiteGeneration.objects.update(number=9)

    assert generation.current() == 1
    generation.forget()
    assert generation.current() == 9
