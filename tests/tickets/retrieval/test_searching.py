"""Searches are noted, and none stays for ever."""

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.factories.tickets import NOW
from tickets.models import TicketSearch
from tickets.retrieval import searching

pytestmark = pytest.mark.django_db


def test_the_background_work_knows_a_number_and_no_address():
    searching.ask(email="camille@example.org", now=NOW)

    assert DBTaskResult.objects.get().args_kwargs["args"] == [TicketSearch.objects.get().pk]


def test_what_nobody_answered_goes_after_four_days():
    now = timezone.now()
    old = TicketSearch.objects.create(email="camille@example.org", created_at=now - dt.timedelta(days=4))
    new = TicketSearch.objects.create(email="camille@example.org", created_at=now - dt.timedelta(days=3))

    assert searching.forget_unanswered(now) == 1
    assert list(TicketSearch.objects.all()) == [new]
    assert old not in TicketSearch.objects.all()


def test_a_clock_put_forward_forgets_nothing():
    TicketSearch.objects.create(email="camille@example.org", created_at=timezone.now())

    assert searching.forget_unanswered(timezone.now() + dt.timedelta(days=99)) == 0
