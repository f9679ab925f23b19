"""Rows that every sale reads: none is asked for twice, none outlives a publication, none is shared."""

import pytest

from festival.core.writing import forget_generation, writing
from tests.factories.festival import DayFactory
from tests.factories.tickets import PriceFactory, TicketFactory
from tickets.catalogue import row_cache
from tickets.models import OrderLine, Product, RefundStep

pytestmark = pytest.mark.django_db


def looked_at(product):
    """Touch all that is promised to be there."""
    return (
        product.section.slug,
        product.edition.name,
        [price.cents for price in product.prices.all()],
        [step.percent for step in product.refund_steps.all()],
        [(day.edition.number, list(day.hours.all())) for day in product.days.all()],
    )


def test_a_product_is_asked_for_once(village, django_assert_num_queries):
    RefundStep.objects.create(product=village, percent=50, days_before=7)
    first = looked_at(row_cache.products([village.pk])[village.pk])

    with django_assert_num_queries(0):
        again = looked_at(row_cache.products([village.pk])[village.pk])

    assert first == again
    assert first[3] == [50]


def test_after_a_publication_it_is_asked_for_anew(village):
    row_cache.products([village.pk])
    with writing(public=True):
        Product.objects.filter(pk=village.pk).update(max_per_order=3)
    forget_generation()

    assert row_cache.products([village.pk])[village.pk].max_per_order == 3


def give_up_a_publication(product):
    with writing(public=True):
        Product.objects.filter(pk=product.pk).update(max_per_order=3)
        assert row_cache.products([product.pk])[product.pk].max_per_order == 3
        raise ZeroDivisionError


def test_what_is_read_within_a_publication_is_kept_from_others(village):
    row_cache.products([village.pk])
    with pytest.raises(ZeroDivisionError):
        give_up_a_publication(village)
    forget_generation()

    assert row_cache.products([village.pk])[village.pk].max_per_order == village.max_per_order


def test_everyone_has_a_product_of_their_own(village):
    row_cache.products([village.pk])[village.pk].slug = "autre"

    assert row_cache.products([village.pk])[village.pk].slug == village.slug


def test_what_does_not_exist_is_left_out(village):
    assert set(row_cache.products([village.pk, 99_999])) == {village.pk}
    with pytest.raises(KeyError):
        row_cache.edition(99_999)


def line_of(product, **values):
    """Return a line as the database has it, with nothing fetched along."""
    return OrderLine.objects.get(pk=TicketFactory(product=product, **values).line_id)


def test_lines_get_all_they_show_without_a_query(village, django_assert_num_queries):
    price = village.prices.get()
    lines = [line_of(village, day=day, price=price) for day in village.days.all()]
    row_cache.products([village.pk])

    with django_assert_num_queries(0):
        row_cache.hang_on(lines)
        shown = [(line.product.slug, line.price.pk, line.day.date, line.day.edition.number) for line in lines]

    assert shown == [("village-jour", price.pk, day.date, day.edition.number) for day in village.days.all()]


def test_what_came_after_the_kept_rows_is_found_all_the_same(village):
    row_cache.products([village.pk])
    day = DayFactory(edition=village.edition)
    village.days.add(day)
    line = line_of(village, day=day, price=PriceFactory(product=village, slug="autre", cents=0, is_default=False))

    row_cache.hang_on([line])

    assert (line.price.slug, line.day, line.day.edition) == ("autre", day, village.edition)


def test_a_line_without_a_product_stays_as_it_is():
    line = OrderLine(product_name="Don")

    row_cache.hang_on([line])

    assert line.product is None
