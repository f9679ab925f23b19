"""What the programme shows of the shop, asked through two hooks of the settings: the programme knows no shop."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from program.models import Session


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """Short names of the products that open a session; whether places are "last" or "full"; "" for many."""

    products: Mapping[UUID, Sequence[str]] = field(default_factory=dict)
    places: Mapping[UUID, str] = field(default_factory=dict)


def shop_facts(sessions: Iterable[Session]) -> ShopFacts:
    """Ask each hook once for all of `sessions` with their occurrences; without a shop nothing is known."""
    sessions = list(sessions)
    products: Mapping[UUID, Sequence[str]] = {}
    places: Mapping[UUID, str] = {}
    if settings.SESSION_PRODUCTS:
        products = import_string(settings.SESSION_PRODUCTS)([session.uuid for session in sessions])
    if settings.OCCURRENCE_PLACES:
        occurrences = [occurrence.uuid for session in sessions for occurrence in session.occurrences.all()]
        places = import_string(settings.OCCURRENCE_PLACES)(occurrences)
    return ShopFacts(products, places)
