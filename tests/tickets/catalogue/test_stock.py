"""Which quotas a line draws on, and counting them anew."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from festival.core.writing import writing
from tests.factories.festival import DayFactory
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import LineFactory, OrderFactory, ProductFactory, QuotaFactory
from tests.remembered import remembered
from tickets.catalogue import stock
from tickets.exceptions import SoldOut
from tickets.models import Quota

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def fest(db):
    """A pass for three days, day tickets for the same, an add-on; a quota of each day, one of the pass."""
    days = [DayFactory(date=dt.date(2027, 5, day)) for day in (5, 6, 7)]
    whole = ProductFactory(slug="pass", admission="all_days", days=days)
    single = ProductFactory(slug="jour", days=days)
    cup = ProductFactory(slug="gobelet", kind="addon", admission="all_days", days=[])
    quotas = [QuotaFactory(products=[whole, single], day=day, name=str(day)) for day in days]
    quotas.append(QuotaFactory(products=[whole], name="pass"))
    return days, whole, single, cup, quotas


def drawn(line):
    names = dict(Quota.objects.values_list("pk", "name"))
    return sorted(str(names[pk]) for pk in stock.draws([line]).elements())


def test_a_pass_draws_on_each_of_its_days_and_on_its_own(fest):
    _days, whole, *_rest = fest

    assert drawn(LineFactory(order__state="pending", product=whole)) == [
        "2027-05-05",
        "2027-05-06",
        "2027-05-07",
        "pass",
    ]


def test_a_day_ticket_draws_on_its_day_alone(fest):
    days, _whole, single, *_rest = fest

    assert drawn(LineFactory(order__state="pending", product=single, day=days[1])) == ["2027-05-06"]


def test_what_is_in_no_quota_draws_on_none(fest):
    assert drawn(LineFactory(order__state="pending", product=fest[3], kind="addon")) == []
    assert drawn(LineFactory(order__state="pending", product=None, product_name="Frais", kind="fee", day=None)) == []


def test_a_place_in_a_session_draws_on_that_session_and_on_the_whole(fest):
    product = ProductFactory(slug="atelier", admission="occurrence", days=[])
    here, there = OccurrenceFactory(), OccurrenceFactory()
    for occurrence, name in ((here, "here"), (there, "there"), (None, "all")):
        QuotaFactory(products=[product], occurrence=occurrence, name=name)

    assert drawn(LineFactory(order__state="pending", product=product, occurrence=here)) == ["all", "here"]


def test_taking_stops_at_the_size_and_says_what_is_left(fest):
    (quota, *_others) = fest[4]
    with writing(public=False):
        stock.take({quota.pk: 9})
        with pytest.raises(SoldOut) as caught:
            stock.take({quota.pk: 2})
        assert caught.value.left == 1
        stock.give_back({quota.pk: 9})

    quota.refresh_from_db()
    assert quota.taken == 0


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sold=st.lists(st.tuples(st.sampled_from(["pass", "jour", "gobelet"]), st.integers(0, 2)), max_size=8))
def test_drawing_and_recounting_agree(fest, sold):
    """The rule that sales use and the query that `fsck` uses are two ways to the same number."""
    days, whole, single, cup, quotas = fest
    order = OrderFactory(state="pending")
    lines = []
    for slug, number in sold:
        product = {"pass": whole, "jour": single, "gobelet": cup}[slug]
        day = days[number] if slug == "jour" else None
        lines.append(LineFactory(order=order, product=product, kind=product.kind, day=day, counted=False))

    found = stock.draws(lines)

    assert {quota.pk: stock.recount(quota) for quota in quotas} == {quota.pk: found[quota.pk] for quota in quotas}
    order.lines.all().delete()


def test_sales_are_held_within_a_transaction_only(monkeypatch):
    monkeypatch.setattr(stock, "require_transaction", lambda what: (_ for _ in ()).throw(RuntimeError(what)))

    with pytest.raises(RuntimeError, match="Sales are held"):
        stock.hold_sales()
