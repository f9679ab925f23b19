"""Loads how the demo week takes money: an invented account, money on site, the terms of sale among the pages."""

from collections.abc import Callable
from typing import Any

from django.conf import settings

from festival.core.writing import writing
from festival.importing.faults import required
from festival.models import Edition, StandardPage
from tickets.models import PaymentSettings

TERMS = "cgv"


@writing(public=True)
def load(data: dict[str, Any], report: Callable[[str], None]) -> None:
    """Create or update the settings of the edition of `data`; its pages come before."""
    edition = Edition.objects.get(number=data["edition"]["year"])
    row = required(data["ticketing"], "payment", "ticketing")
    values = {key: value for key, value in row.items() if value is not None}
    page = StandardPage.objects.filter(slug=TERMS, locale__language_code=settings.LANGUAGE_CODE).first()
    PaymentSettings.objects.update_or_create(edition=edition, defaults=values | {"terms_page": page})
    report("Payments: by transfer to an invented account, and on site.")
