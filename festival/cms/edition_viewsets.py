"""Admin screens of the edition: the week with its parts, days and opening hours in one form; its phases."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSetGroup

from festival.cms.columns import DayColumn, MomentColumn
from festival.cms.editions import EditionCreateMixin, EditionForm
from festival.cms.formsets import DayFormSet, FormsetPanel, HoursFormSet, KeptFormSet
from festival.cms.recorded import EditionIndexView, RecordedCreateView, RecordedEditView, actor_of
from festival.cms.viewsets import PublicModelViewSet
from festival.core import editions
from festival.core.writing import writing
from festival.models import Edition, Phase
from festival.text.translated_listing import language_columns
from festival.time import clock

SECTION_PANELS: list[Any] = [
    FieldRowPanel([FieldPanel("slug"), FieldPanel("shape"), FieldPanel("colour"), FieldPanel("dark_colour")]),
    FieldPanel("name"),
    FieldPanel("label"),
    FieldPanel("summary"),
    FieldRowPanel([FieldPanel("start_date"), FieldPanel("end_date")]),
]
# The part stands above: with it in one row, the rows within rows were wider than the form.
HOURS_PANELS: list[Any] = [FieldPanel("section"), FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")])]
DAY_PANELS: list[Any] = [
    FieldPanel("date"),
    FormsetPanel("hours", HOURS_PANELS, formset=HoursFormSet, heading=_("Opening hours"), label=_("opening hours")),
    FieldPanel("public_holiday"),
    FieldPanel("notice"),
]


class CurrentEditionForm(WagtailAdminModelForm):
    """Lets an edition be ticked as the current one while another still is; saving takes that one off the site."""

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()
        return excluded | {"is_current"}

    def clean(self) -> dict[str, Any]:
        """Keep what is out in the world: the number, which tickets, addresses and calendars carry; the first day."""
        data: dict[str, Any] = super().clean()
        if "number" in self.changed_data and self.instance.pk and editions.bears_its_number(self.instance):
            self.add_error("number", _("Tickets or releases carry this number already, so it stays."))
        if "start_date" in self.changed_data and self.instance.pk and editions.counts_its_days(self.instance):
            self.add_error("start_date", _("Tickets that are out count their days from the first one, so it stays."))
        return data


class EditionCreateView(RecordedCreateView):
    """Adds an edition and tells the apps of it."""

    def save_instance(self) -> Edition:
        """Save and announce."""
        with writing(public=True):
            _make_way(self.request, self.form.instance)
            edition: Edition = super().save_instance()
            editions.announce(edition, now=clock.now())
        return edition


class EditionEditView(RecordedEditView):
    """Changes an edition, or puts it on the site in the place of another."""

    def save_instance(self) -> Edition:
        """Make way and save."""
        with writing(public=True):
            _make_way(self.request, self.form.instance)
            edition: Edition = super().save_instance()
        return edition


def _make_way(request: HttpRequest, edition: Edition) -> None:
    if edition.is_current:
        editions.make_way(edition, actor=actor_of(request), now=clock.now())


class EditionViewSet(PublicModelViewSet):
    """The week itself with its parts and days, and the organiser's legal facts."""

    model = Edition
    add_view_class = EditionCreateView
    edit_view_class = EditionEditView
    icon = "calendar-alt"
    menu_label = _("Editions")
    list_display = [
        "name",
        "theme",
        DayColumn("start_date", label=_("First day"), sort_key="start_date"),
        DayColumn("end_date", label=_("Last day"), sort_key="end_date"),
        BooleanColumn("is_current", label=_("On the site")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel(
                        [FieldPanel("name"), FieldPanel("theme"), FieldPanel("tagline")], _("What it is called")
                    ),
                    MultiFieldPanel([FieldPanel("summary")], _("In a few sentences")),
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
                    FormsetPanel("sections", SECTION_PANELS, formset=KeptFormSet, heading=_("Parts of the week")),
                    HelpPanel(_("Save new parts before you give them opening hours.")),
                ],
                heading=_("Parts"),
            ),
            ObjectList(
                [FormsetPanel("days", DAY_PANELS, formset=DayFormSet, heading=_("Days and opening hours"))],
                heading=_("Days"),
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
                    FieldPanel("is_current", help_text=_("Takes the place of the edition that the site shows now.")),
                    FieldPanel("notice"),
                ],
                heading=_("Settings"),
            ),
        ],
        base_form_class=CurrentEditionForm,
    )


class PhaseCreateView(EditionCreateMixin, RecordedCreateView):
    """Adds a phase to the edition that is worked on."""


class PhaseViewSet(PublicModelViewSet):
    """When calls, sales, jury and vote run."""

    model = Phase
    index_view_class = EditionIndexView
    add_view_class = PhaseCreateView
    icon = "time"
    menu_label = _("Phases")
    list_display = [
        "label",
        MomentColumn("opens", label=_("Opens"), sort_key="opens"),
        MomentColumn("closes", label=_("Closes"), sort_key="closes"),
        "slug",
    ]
    list_filter = ["edition"]
    list_export = ["slug", *language_columns("label"), "opens", "closes"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("edition"), FieldPanel("slug")]),
            FieldPanel("label"),
            HelpPanel(clock.times_are_local()),
            FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
        ],
        base_form_class=EditionForm,
    )


class EditionViewSetGroup(ModelViewSetGroup):
    """One menu for everything that frames the week."""

    items = (EditionViewSet, PhaseViewSet)
    menu_label = _("Edition")
    menu_icon = "calendar-alt"
    menu_order = 600
