"""Admin screens of the festival core: the edition with its parts, days and phases; the list of news.

`PublicModelViewSet` is for every app: rows that public pages show must start a new generation when they change.
"""

from typing import Any, ClassVar

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet

from festival.core import editions, generation
from festival.models import Day, Edition, NewsPage, Phase, Section
from festival.text.spreadsheets import CELLS
from festival.time import clock


class _SaveMixin:
    """Saving happens in a transaction of the view; the new generation joins it."""

    def save_instance(self) -> Any:
        """Save and start a new generation."""
        saved = super().save_instance()  # type: ignore[misc]
        generation.bump()
        return saved


class PublicCreateView(_SaveMixin, generic.CreateView):
    """Adds a row that the public sees at once."""


class PublicEditView(_SaveMixin, generic.EditView):
    """Changes a row that the public sees at once."""


class PublicCopyView(_SaveMixin, generic.CopyView):
    """Copies a row that the public sees at once."""


class PublicDeleteView(generic.DeleteView):
    """Deletes a row that the public no longer sees at once."""

    def delete_action(self) -> None:
        """Delete and start a new generation."""
        with transaction.atomic():
            super().delete_action()
            generation.bump()


class PublicReorderView(generic.ReorderView):
    """Moves a row; the public sees the new order at once."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move and start a new generation."""
        with transaction.atomic():
            response: HttpResponse = super().post(request, *args, **kwargs)
            generation.bump()
        return response


class PlannedIndexView(generic.IndexView):
    """A list that fetches the related rows it shows in one go, exported without formulas."""

    custom_value_preprocess = generic.IndexView.custom_value_preprocess | CELLS
    select_related: ClassVar[tuple[str, ...]] = ()

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return the rows with what `list_select_related` names."""
        return super().get_base_queryset().select_related(*self.select_related)


class PublicModelViewSet(ModelViewSet):
    """Screens for a model that public pages read: whatever is saved here is seen at once."""

    list_select_related: tuple[str, ...] = ()
    index_view_class = PlannedIndexView
    add_view_class = PublicCreateView
    edit_view_class = PublicEditView
    copy_view_class = PublicCopyView
    delete_view_class = PublicDeleteView
    reorder_view_class = PublicReorderView
    copy_view_enabled = False
    list_per_page = 50

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Hand the plan of the list to its view."""
        return super().get_index_view_kwargs(select_related=self.list_select_related, **kwargs)


_WITH_LANGUAGE = {"fr": _("%(label)s (French)"), "en": _("%(label)s (English)")}


class LanguagePanel(FieldPanel):
    """One column of a translated field. Both columns have the same name, so the label says the language."""

    class BoundPanel(FieldPanel.BoundPanel):  # type: ignore[misc]
        """The panel with its form."""

        heading: str

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.bound_field is not None:
                named = _WITH_LANGUAGE[self.field_name[-2:]] % {"label": self.heading}
                self.heading = self.bound_field.label = named


def in_both(name: str) -> FieldRowPanel:
    """Return the French and the English column of a translated field side by side."""
    return FieldRowPanel([LanguagePanel(f"{name}_fr"), LanguagePanel(f"{name}_en")])


class EditionCreateView(PublicCreateView):
    """Adds an edition and tells the apps of it."""

    def save_instance(self) -> Edition:
        """Save and announce."""
        edition: Edition = super().save_instance()
        editions.announce(edition, now=clock.now())
        return edition


class EditionViewSet(PublicModelViewSet):
    """The week itself and the organiser's legal facts."""

    model = Edition
    add_view_class = EditionCreateView
    icon = "calendar-alt"
    menu_label = _("Editions")
    list_display = ["name", "theme", "start_date", "end_date", BooleanColumn("is_current", label=_("On the site"))]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel([in_both("name"), in_both("theme"), in_both("tagline")], _("What it is called")),
                    MultiFieldPanel([in_both("summary")], _("In a few sentences")),
                    MultiFieldPanel(
                        [
                            FieldRowPanel(
                                [FieldPanel("start_date"), FieldPanel("end_date"), FieldPanel("day_starts_at")]
                            ),
                            FieldRowPanel([FieldPanel("city"), FieldPanel("country"), FieldPanel("currency")]),
                        ],
                        _("When and where"),
                    ),
                ],
                heading=_("The week"),
            ),
            ObjectList(
                [
                    HelpPanel(_("The law asks for these facts. The page “Legal notice” prints them.")),
                    MultiFieldPanel(
                        [
                            FieldPanel("organiser_name"),
                            FieldRowPanel([FieldPanel("organiser_legal_form"), FieldPanel("organiser_registration")]),
                            FieldPanel("organiser_address"),
                            FieldRowPanel([FieldPanel("organiser_email"), FieldPanel("organiser_phone")]),
                            FieldPanel("publication_director"),
                        ],
                        _("Organiser"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("host_name"), FieldPanel("host_phone")]),
                            FieldPanel("host_address"),
                        ],
                        _("Web host"),
                    ),
                    FieldRowPanel([FieldPanel("content_licence"), FieldPanel("data_licence")], _("Licences")),
                ],
                heading=_("Organiser"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("number"), FieldPanel("slug"), FieldPanel("hashtag")]),
                    FieldPanel("is_current"),
                    in_both("notice"),
                ],
                heading=_("Settings"),
            ),
        ]
    )


class SectionViewSet(PublicModelViewSet):
    """The three parts of the week."""

    model = Section
    icon = "fest"
    menu_label = _("Parts of the week")
    list_display = ["name", "slug", "start_date", "end_date", "edition"]
    list_select_related = ("edition",)
    list_filter = ["edition"]
    panels = [
        FieldRowPanel([FieldPanel("edition"), FieldPanel("slug")]),
        in_both("name"),
        in_both("summary"),
        FieldRowPanel([FieldPanel("start_date"), FieldPanel("end_date")]),
    ]


class DayViewSet(PublicModelViewSet):
    """Opening hours, day by day."""

    model = Day
    icon = "date"
    menu_label = _("Days and opening hours")
    list_display = ["date", "section", "opens", "closes", "public_holiday"]
    list_select_related = ("section",)
    list_filter = ["edition", "section"]
    list_export = ["date", "section", "opens", "closes", "closes_next_day", "public_holiday_fr", "notice_fr"]
    panels = [
        FieldRowPanel([FieldPanel("edition"), FieldPanel("section"), FieldPanel("date")]),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes"), FieldPanel("closes_next_day")]),
        in_both("public_holiday"),
        in_both("notice"),
    ]


class PhaseViewSet(PublicModelViewSet):
    """When calls, sales, jury and vote run. Times are Paris time."""

    model = Phase
    icon = "time"
    menu_label = _("Phases")
    list_display = ["label", "opens", "closes", "slug"]
    list_filter = ["edition"]
    list_export = ["slug", "label_fr", "label_en", "opens", "closes"]
    panels = [
        FieldRowPanel([FieldPanel("edition"), FieldPanel("slug")]),
        in_both("label"),
        HelpPanel(_("Times are Paris time.")),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
    ]


class EditionViewSetGroup(ModelViewSetGroup):
    """One menu for everything that frames the week."""

    items = (EditionViewSet, SectionViewSet, DayViewSet, PhaseViewSet)
    menu_label = _("Edition")
    menu_icon = "calendar-alt"
    menu_order = 600


def _out_at(page: NewsPage) -> str:
    return date_format(timezone.localtime(page.published_at), "SHORT_DATETIME_FORMAT")


class NewsViewSet(PageListingViewSet):
    """All news of both languages, newest first, drafts included."""

    model = NewsPage
    name = "news"
    icon = "doc-full-inverse"
    menu_label = _("News")
    menu_order = 150
    add_to_admin_menu = True
    ordering = "-published_at"
    columns = [
        *PageListingViewSet.index_view_class.base_columns[:2],
        Column("published_at", label=_("Date"), accessor=_out_at, sort_key="published_at", width="18%"),
        Column("author", label=_("Author"), sort_key="author", width="18%"),
        *[column for column in PageListingViewSet.index_view_class.base_columns if column.name == "status"],
    ]
