"""An invented shop for a rush: one free day, one pass that costs money. Only for a database that is thrown away."""

from datetime import datetime, time, timedelta

from wagtail.models import Page

from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import Day, Edition, OpeningHours, Section, StandardPage
from tickets.delivery import signing
from tickets.models import PaymentSettings, Price, Product, Quota

ACTOR = Actor.system("load_test")
_AHEAD = timedelta(days=60)
_IBAN = "FR1420041010050500013M02606"  # the example of ISO 13616


def build(*, places: int, now: datetime) -> Edition:
    """Make the current edition of an empty database, with `places` places of each product, and return it."""
    with writing(public=True):
        first = (now + _AHEAD).date()
        edition = Edition.objects.create(
            number=1,
            slug="rush",
            is_current=True,
            name="Rush",
            theme="Rush",
            start_date=first,
            end_date=first + timedelta(days=1),
            city="Paris",
            country="FR",
            organiser_name="Rush",
        )
        section = Section.objects.create(
            edition=edition, slug="rush", name="Rush", start_date=edition.start_date, end_date=edition.end_date
        )
        days = [_day(edition, section, offset) for offset in (0, 1)]
        signing.create_key(edition=edition, actor=ACTOR, now=now)
        PaymentSettings.objects.create(
            edition=edition, account_holder="Rush", iban=_IBAN, terms_page=_terms(), transfer_days=7
        )
        opens, closes = now - timedelta(hours=1), now + timedelta(days=30)
        sold = {"edition": edition, "section": section, "sale_opens": opens, "sale_closes": closes}
        free = Product.objects.create(
            number=1, slug="free", name="Free day", admission=Product.Admission.ONE_DAY, confirmation="never", **sold
        )
        whole = Product.objects.create(number=2, slug="pass", name="Pass", **sold)
        Price.objects.create(product=free, slug="free", cents=0, is_default=True)
        Price.objects.create(product=whole, slug="full", cents=11_000, vat_rate=550, is_default=True)
        free.days.set(days[:1])
        whole.days.set(days)
        for product, day in ((free, days[0]), (whole, days[0]), (whole, days[1])):
            Quota.objects.create(edition=edition, name=f"{product.slug}, {day}", day=day, size=places).products.set(
                [product]
            )
    return edition


def _day(edition: Edition, section: Section, offset: int) -> Day:
    day = Day.objects.create(edition=edition, date=edition.start_date + timedelta(days=offset))
    OpeningHours.objects.create(day=day, section=section, opens=time(10), closes=time(19))
    return day


def _terms() -> StandardPage:
    """Return a published page of terms of sale, below the front page that a new database has."""
    home = Page.objects.get(depth=2)
    page = StandardPage(title="Terms of sale", slug="terms", locale=home.locale, live=True)
    home.add_child(instance=page)
    return page


def refill(edition: Edition, *, places: int) -> None:
    """Give every quota so many places beyond those that are taken: the next round of a rush."""
    with writing(public=True):
        for quota in Quota.objects.filter(edition=edition):
            quota.size = quota.taken + quota.reserved + places
            quota.save(update_fields=["size"])
