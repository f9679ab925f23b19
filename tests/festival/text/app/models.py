"""A snippet with drafts and children, and a plain row, for the tests of translated fields."""

from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from festival.text.translated import TranslatedCharField, TranslatedTextField


class Stall(PreviewableMixin, DraftStateMixin, RevisionMixin, index.Indexed, ClusterableModel):
    name = TranslatedCharField("nom", max_length=40, help_text="Ce qui est peint sur l’enseigne.")
    slug = models.SlugField(blank=True)
    story = TranslatedTextField("histoire", blank=True)

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("story"),
    ]

    class Meta:
        ordering = ["name__shown"]

    def __str__(self) -> str:
        return str(self.name)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "texts/stall.html"


class Opening(models.Model):
    stall = ParentalKey(Stall, on_delete=models.CASCADE, related_name="openings")
    label = TranslatedCharField("libellé", max_length=20)

    def __str__(self) -> str:
        return str(self.label)


class Shelf(models.Model):
    stall = models.ForeignKey(Stall, null=True, blank=True, on_delete=models.SET_NULL)
    title = TranslatedCharField("titre", max_length=40)
    note = TranslatedTextField("note", blank=True)

    def __str__(self) -> str:
        return str(self.title)
