"""The programme hears of full, last and free places, once each."""

import pytest

from festival.models import SiteGeneration
from tests.factories.tickets import NOW
from tests.tickets.workshops.test_booking import book
from tests.tickets.workshops.test_waiting import give_back, join
from tickets.models import Quota
from tickets.workshops import queries, telling

pytestmark = pytest.mark.django_db


def generation():
    return SiteGeneration.objects.values_list("number", flat=True).first() or 0


def said():
    return list(Quota.objects.order_by("pk").values_list("said", flat=True))


def test_a_new_word_starts_a_new_generation_once(repair):
    Quota.objects.update(taken=1)
    before = generation()

    assert (telling.tell_programme(NOW), said()) == (1, ["last"])
    assert (telling.tell_programme(NOW), generation()) == (0, before + 1)
    Quota.objects.update(taken=0)


def test_the_tick_reads_and_writes_nothing_while_nothing_changes(repair, django_assert_num_queries):
    with django_assert_num_queries(1):
        telling.tell_programme(NOW)


def test_nobody_is_told_of_what_is_over(repair):
    Quota.objects.update(said="full")

    assert telling.tell_programme(repair.ends_at) == 0


def test_places_are_full_while_people_wait_and_free_afterwards(repair):
    book(repair, places=2)
    join(repair, "ada")
    assert (said(), queries.places_on_offer()[str(repair.uuid)].word) == (["full"], "full")

    give_back(repair)

    assert (said(), queries.places_on_offer()[str(repair.uuid)].word) == (["last"], "last")
