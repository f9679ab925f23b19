"""Two runs of the periodic job at once tell each mailbox once, on PostgreSQL."""

from festival.models import OutgoingMail
from tests.factories.tickets import NOW, ProductFactory, SaleAlertFactory
from tests.racing import abreast, at_once
from tickets.announcing import telling
from tickets.models import SaleAlert


def waiting(count):
    product = ProductFactory(sale_opens=NOW)
    for number in range(count):
        SaleAlertFactory(product=product, email=f"{number}@example.org", confirmed_at=NOW)


def test_eight_runs_at_once_tell_each_once():
    waiting(20)

    outcomes = at_once(8, lambda number: telling.tell_due(NOW))

    assert sum(outcomes) == 20
    assert OutgoingMail.objects.count() == 20
    assert OutgoingMail.objects.values("to").distinct().count() == 20


def careless(alert, now):
    """Look, then write, as whoever does not know of races would."""
    if not SaleAlert.objects.waiting().filter(pk=alert.pk).exists():
        return False
    abreast()
    SaleAlert.objects.filter(pk=alert.pk).update(told_at=now)
    return True


def test_a_careless_run_tells_some_twice():
    """The control: if this one tells each once too, the test above proves nothing."""
    waiting(20)

    at_once(8, lambda number: telling.tell_due(NOW, claim=careless))

    assert OutgoingMail.objects.count() > 20
