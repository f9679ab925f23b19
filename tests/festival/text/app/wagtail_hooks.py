from wagtail import hooks
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView as SnippetIndexView, SnippetViewSet

from festival.text.spreadsheets import CELLS
from festival.text.translated_listing import TranslatedListing, language_columns
from tests.festival.text.app.models import Shelf, Stall


class StallIndexView(TranslatedListing, SnippetIndexView):
    pass


class ShelfIndexView(TranslatedListing, IndexView):
    custom_value_preprocess = IndexView.custom_value_preprocess | CELLS


class StallChooserViewSet(SnippetChooserViewSet):
    form_fields = ["name", "slug"]


@register_snippet
class StallViewSet(SnippetViewSet):
    model = Stall
    index_view_class = StallIndexView
    list_display = ["name", "slug"]
    chooser_viewset_class = StallChooserViewSet
    panels = [
        TitleFieldPanel("name", targets=["slug"]),
        FieldPanel("slug"),
        FieldPanel("story"),
        InlinePanel("openings", heading="Ouvertures"),
    ]


class ShelfViewSet(ModelViewSet):
    model = Shelf
    icon = "list-ul"
    index_view_class = ShelfIndexView
    list_display = ["title", "stall__name", "stall"]
    list_export = ["title", *language_columns("title"), "stall", "pk"]
    search_fields = ["title", "note"]
    panels = [MultiFieldPanel([FieldPanel("title"), FieldPanel("note")], "Textes"), FieldPanel("stall")]


@hooks.register("register_admin_viewset")
def shelves():
    return ShelfViewSet("shelf")
