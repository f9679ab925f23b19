"""Products, quotas, orders, tickets and the door."""

import datetime as dt
import uuid

import factory
from factory.django import DjangoModelFactory

from tests.factories.festival import DayFactory, EditionFactory, SectionFactory, UserFactory
from tickets.delivery import signing, tokens
from tickets.models import CheckinList, Device, Gate, Order, Position, Price, Product, Quota, Series

NOW = dt.datetime(2027, 5, 2, 9, 30, tzinfo=dt.UTC)  # 11:30 in Paris


class ProductFactory(DjangoModelFactory):
    """A free Village day on 2 and 3 May; `days=` gives other ones, `free=False` leaves out the price of 0 euros."""

    class Meta:
        model = Product
        django_get_or_create = ["edition", "slug"]
        skip_postgeneration_save = True

    edition = factory.SubFactory(EditionFactory)
    section = factory.SubFactory(SectionFactory, edition=factory.SelfAttribute("..edition"))
    slug = "village-jour"
    number = factory.Sequence(lambda n: n % 255 + 1)
    admission = Product.Admission.ONE_DAY
    name_fr = "Entrée Village (gratuite)"
    name_en = "Village entry (free)"
    place_fr = "Halle des Sources, 75015 Paris"
    place_en = "Sources Hall, 75015 Paris"
    sale_opens = dt.datetime(2027, 1, 12, 9, tzinfo=dt.UTC)
    sale_closes = dt.datetime(2027, 5, 4, 15, tzinfo=dt.UTC)

    @factory.post_generation
    def days(self, create, extracted, **kwargs):
        if create:
            default = [DayFactory(edition=self.edition, date=dt.date(2027, 5, day)) for day in (2, 3)]
            self.days.set(default if extracted is None else extracted)

    @factory.post_generation
    def free(self, create, extracted, **kwargs):
        if create and extracted is not False:
            PriceFactory(product=self)


class PriceFactory(DjangoModelFactory):
    """Free of charge."""

    class Meta:
        model = Price
        django_get_or_create = ["product", "slug"]

    product = factory.SubFactory(ProductFactory, free=False)
    slug = "prix"
    cents = 0
    is_default = True


class QuotaFactory(DjangoModelFactory):
    """Ten places, of which none is taken."""

    class Meta:
        model = Quota
        django_get_or_create = ["product", "day"]

    product = factory.SubFactory(ProductFactory)
    day = None
    size = 10


class OrderFactory(DjangoModelFactory):
    """An order that is paid, without tickets."""

    class Meta:
        model = Order

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence(lambda n: f"K{n:05}")
    secret = factory.Sequence(lambda n: f"{n:043}")
    form_token = factory.LazyFunction(uuid.uuid4)
    state = Order.State.PAID
    name = "Camille Dupont-N’Guessan"
    email = "camille@example.org"
    language = "fr"
    created_at = NOW


class PositionFactory(DjangoModelFactory):
    """A ticket for one day; its number comes from the series and its quotas count it, as in a sale."""

    class Meta:
        model = Position
        skip_postgeneration_save = True

    order = factory.SubFactory(OrderFactory)
    product = factory.SubFactory(ProductFactory, edition=factory.SelfAttribute("..order.edition"))
    day = factory.LazyAttribute(lambda position: position.product.days.first())
    attendee_name = factory.SelfAttribute("order.name")
    short_code = factory.LazyAttribute(lambda position: tokens.short_code(uuid.uuid4().int % tokens.SHORT_CODES))

    @factory.lazy_attribute
    def ticket(self):
        series, _ = Series.objects.get_or_create(slug=Series.TICKETS)
        series.last += 1
        series.save()
        return series.last

    @factory.post_generation
    def counted(self, create, extracted, **kwargs):
        if create and extracted is not False and self.cancelled_at is None:
            for quota in self.product.quotas.all():
                if self.day_id is None or quota.day_id in (None, self.day_id):
                    quota.taken += 1
                    quota.save()


class GateFactory(DjangoModelFactory):
    """The north gate."""

    class Meta:
        model = Gate
        django_get_or_create = ["edition", "slug"]

    edition = factory.SubFactory(EditionFactory)
    slug = "nord"
    name_fr = "Entrée nord"
    name_en = "North gate"


class CheckinListFactory(DjangoModelFactory):
    """The list of 2 May; `products=` says which are let in."""

    class Meta:
        model = CheckinList
        django_get_or_create = ["edition", "slug"]
        skip_postgeneration_save = True

    edition = factory.SubFactory(EditionFactory)
    day = factory.SubFactory(DayFactory, edition=factory.SelfAttribute("..edition"))
    slug = factory.LazyAttribute(lambda checkin_list: f"village-{checkin_list.day.date}")
    name_fr = "Village"
    name_en = "Village"

    @factory.post_generation
    def products(self, create, extracted, **kwargs):
        if create and extracted:
            self.products.set(extracted)


class DeviceFactory(DjangoModelFactory):
    """A phone of the door team."""

    class Meta:
        model = Device

    name = "Téléphone 1"
    user = factory.SubFactory(UserFactory)
    gate = factory.SubFactory(GateFactory)
    created_at = NOW


def signing_key(edition):
    """Return the edition's signing key, made when there is none."""
    return signing.ensure_key(edition=edition, now=NOW)
