"""What the programme asks of the shop: which products open a session, and how its places stand."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Max

from tickets.catalogue import pricing
from tickets.catalogue.pricing import Scarcity, Stock
from tickets.models import Product, Quota


def products_of_sessions(uuids: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return the short names of the listed products that open each session, in the organiser's order.

    The programme asks when it is compiled, through the setting `SESSION_PRODUCTS`.
    """
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = Product.objects.listed().filter(sessions__uuid__in=uuids).order_by("sort_order", "pk")
    for uuid, slug in rows.values_list("sessions__uuid", "slug"):
        found[uuid].append(slug)
    return dict(found)


def places_of_occurrences(uuids: Collection[UUID]) -> dict[UUID, str]:
    """Return "full", "last" or "" for those of the sessions that have a quota, as the shop says it.

    The programme asks when it is compiled, through the setting `OCCURRENCE_PLACES`.
    """
    rows = Quota.objects.filter(occurrence__uuid__in=uuids).values_list("occurrence__uuid", "size", "taken")
    words = {Scarcity.NONE: "full", Scarcity.LAST: "last"}
    return {uuid: words.get(pricing.scarcity(Stock(size, taken)), "") for uuid, size, taken in rows}


def taken_of_occurrences(uuids: Collection[UUID]) -> dict[UUID, int]:
    """Return how many places are taken in those of the sessions that have a quota.

    The importer asks before it takes a session out, through the setting `OCCURRENCE_TAKEN`.
    """
    rows = Quota.objects.filter(occurrence__uuid__in=uuids).values_list("occurrence__uuid")
    return dict(rows.annotate(most=Max("taken")))
