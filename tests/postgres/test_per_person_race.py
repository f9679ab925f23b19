"""What one person may have under a rush of their own tabs and aliases, on PostgreSQL, where two read at once."""

from tests.racing import at_once
from tests.tickets.races import buy_as, village
from tickets.catalogue import invariants
from tickets.catalogue.per_person import TooManyForPerson
from tickets.models import Order, Product


def test_twelve_tabs_of_one_person_get_what_one_may_have():
    product, day = village(places=50)
    Product.objects.update(max_per_person=2)
    product.max_per_person = 2

    outcomes = at_once(12, lambda number: buy_as(f"noa+{number}@example.org", product, day))

    assert sum(isinstance(outcome, Order) for outcome in outcomes) == 2
    assert sum(isinstance(outcome, TooManyForPerson) for outcome in outcomes) == 10
    assert invariants.violations() == []


def test_others_do_not_wait_for_each_other():
    product, day = village(places=50)
    product.max_per_person = 1

    outcomes = at_once(8, lambda number: buy_as(f"noa{number}@example.org", product, day))

    assert all(isinstance(outcome, Order) for outcome in outcomes)
