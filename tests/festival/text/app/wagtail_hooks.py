from wagtail import hooks
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from tests.festival.text.app.models import Shelf, Stall


@register_snippet
class StallViewSet(SnippetViewSet):
    model = Stall
    list_display = ["name", "slug"]
    panels = [
        TitleFieldPanel("name", targets=["slug"]),
        FieldPanel("slug"),
        FieldPanel("story"),
        InlinePanel("openings", heading="Ouvertures"),
    ]


class ShelfViewSet(ModelViewSet):
    model = Shelf
    icon = "list-ul"
    list_display = ["title", "stall"]
    list_export = ["title"]
    search_fields = ["title", "note"]
    panels = [MultiFieldPanel([FieldPanel("title"), FieldPanel("note")], "Textes"), FieldPanel("stall")]


@hooks.register("register_admin_viewset")
def shelves():
    return ShelfViewSet("shelf")
