"""Whole numbers that a form of the CMS takes have limits of their own: the same on every database, and bearable."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from modelcluster.fields import ParentalKey
from wagtail.admin.viewsets import viewsets
from wagtail.snippets.models import get_snippet_models

SMALL, USUAL = 32_767, 2_147_483_647  # the largest numbers of PostgreSQL's columns


def typed():
    """Return the whole numbers of all models that have screens of ours, and of the rows within their forms."""
    reverse("wagtailadmin_home")  # the screens are registered when the addresses are first looked up
    screens = [*viewsets.viewsets, *(model.snippet_viewset for model in get_snippet_models())]
    ours = {
        viewset.model
        for viewset in screens
        if viewset.__class__.__module__.startswith(("festival.", "program.", "tickets.", "awards."))
        and isinstance(getattr(viewset, "model", None), type)
    }
    rows = {
        relation.related_model
        for model in ours
        for relation in model._meta.related_objects
        if isinstance(relation.field, ParentalKey)
    }
    for model in sorted(ours | rows, key=lambda model: model._meta.label):
        yield from (
            field
            for field in model._meta.fields
            if isinstance(field, models.IntegerField)
            and not isinstance(field, models.PositiveBigIntegerField)
            and field.editable
            and not field.primary_key
        )


# No form has them: actions write them, or Wagtail.
SHOWN = {
    "festival.OutgoingMail.tries", "tickets.Order.total_cents", "tickets.Ticket.number", "tickets.Ticket.issue",
    "tickets.VoucherUse.cents", "tickets.LedgerEntry.cents", "tickets.PotRequest.places",
    "tickets.Checkin.step", "tickets.Checkin.counts", "tickets.Checkin.inside", "program.Release.number",
    "awards.Rubric.version", "wagtailcore.Page.depth", "wagtailcore.Page.numchild",
}  # fmt: skip


def test_every_number_has_a_limit_that_every_database_holds():
    faults = []
    for field in typed():
        name = f"{field.model._meta.label}.{field.name}"
        column = SMALL if isinstance(field, models.PositiveSmallIntegerField) else USUAL
        limits = [rule.limit_value for rule in field._validators if isinstance(rule, MaxValueValidator)]
        if name not in SHOWN and min(limits, default=column + 1) > column:
            faults.append(name)

    assert faults == []
