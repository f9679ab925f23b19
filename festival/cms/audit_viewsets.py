"""The screen of the audit log: who did what, when; searched, filtered, never edited."""

import textwrap
from typing import Any

import django_filters
from django.db.models import Min
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from festival.cms import wording
from festival.cms.columns import MomentColumn
from festival.cms.records import RecordInspectView, RecordViewSet
from festival.core import audit
from festival.models import AuditEntry
from festival.text import collation
from festival.text.typography import moment


class AuditFilterSet(WagtailFilterSet):
    """By verb, by day, by edition."""

    verb = django_filters.ChoiceFilter(label=gettext_lazy("What"), choices=lambda: _verbs())
    at = django_filters.DateFromToRangeFilter(label=gettext_lazy("When"), widget=DateRangePickerWidget)
    edition = django_filters.AllValuesFilter(label=gettext_lazy("Edition"))

    class Meta:
        model = AuditEntry
        fields: list[str] = []


class AuditInspectView(RecordInspectView):
    """Shows one act with its facts, and whether it is sealed."""

    def get_field_label(self, field_name: str, field: Any) -> str:
        """Name the rows as people ask for them."""
        labels = {"verb": _("What"), "subject_id": _("To what"), "actor": _("Who"), "at": _("When"), "seal": _("Seal")}
        return labels.get(field_name) or super().get_field_label(field_name, field)

    def get_at_display_value(self) -> str:
        """Return the moment in the festival's time zone."""
        return moment(self.object.at)

    def get_verb_display_value(self) -> SafeString:
        """Return what was done in words, with the verb that searches and exports know."""
        return _named(wording.act(self.object), self.object.verb)

    def get_actor_display_value(self) -> SafeString:
        """Return the name of that time with the key that does not change."""
        return _named(self.object.actor_name, self.object.actor)

    def get_subject_id_display_value(self) -> SafeString:
        """Return the name of that time with the row's kind and number."""
        return _named(self.object.subject_name, f"{self.object.subject_type} {self.object.subject_id}")

    def get_facts_display_value(self) -> SafeString | str:
        """Return the facts, one a line."""
        lines = [(name, _plain(value)) for name, value in self.object.facts.items()]
        return format_html_join("", "<div>{}: <code>{}</code></div>", lines) or "–"

    def get_seal_display_value(self) -> SafeString | str:
        """Return whether the row is in the chain, and is still what was sealed."""
        entry = self.object
        if entry.seal is None:
            return _("Not sealed yet: the periodic job does it within a minute.")
        if entry.seal != audit.seal_of(entry, position=entry.position, previous=entry.previous):
            return _("Broken: this entry was changed after it was sealed.")
        sentence = _("Sealed as number %(position)s of the chain, and unchanged since.") % {"position": entry.position}
        parts = " ".join(textwrap.wrap(entry.seal, 8))  # a narrow screen breaks lines between them
        return format_html("<div>{}</div><code>{}</code>", sentence, parts)


class AuditViewSet(RecordViewSet):
    """Who did what."""

    model = AuditEntry
    name = "audit"
    icon = "history"
    menu_label = gettext_lazy("Audit log")
    add_to_settings_menu = True
    list_display = [
        TitleColumn(
            "verb",
            label=gettext_lazy("What"),
            accessor=wording.act,
            sort_key="verb",
            get_url=lambda entry: reverse("audit:inspect", args=[entry.pk]),
        ),
        Column("subject_name", label=gettext_lazy("To what"), accessor=lambda entry: _short(entry, "subject")),
        Column("actor_name", label=gettext_lazy("Who"), accessor=lambda entry: _short(entry, "actor")),
        MomentColumn("at", label=gettext_lazy("When"), sort_key="at"),
    ]
    filterset_class = AuditFilterSet
    search_fields = ["verb", "actor", "actor_name", "subject_id", "subject_name"]
    list_export = ["id", "at", "actor", "actor_name", "verb", "subject_type", "subject_id", "subject_name", "edition"]
    export_filename = "audit"
    inspect_view_class = AuditInspectView
    inspect_view_fields = ["verb", "subject_id", "actor", "at", "edition", "facts", "seal"]
    ordering = "-pk"


def _verbs() -> list[tuple[str, str]]:
    """Return each verb of the log with its words, in the order in which people look for them."""
    found = AuditEntry.objects.order_by().values("verb").annotate(kind=Min("subject_type"))
    named = [(row["verb"], wording.act(AuditEntry(verb=row["verb"], subject_type=row["kind"]))) for row in found]
    return sorted(named, key=lambda verb: collation.sort_key(verb[1]))


def _short(entry: AuditEntry, part: str) -> str:
    """Return the name of that time, or what stands for it when it is blank."""
    stand_in = {"actor": entry.actor, "subject": f"{entry.subject_type} {entry.subject_id}"}
    return str(getattr(entry, f"{part}_name")) or stand_in[part]


def _named(name: str, key: str) -> SafeString:
    return format_html("{} <code>{}</code>", name, key)


def _plain(value: object) -> str:
    """Return a fact as people read it."""
    match value:
        case bool():
            return _("yes") if value else _("no")
        case None:
            return "–"
        case list():
            return ", ".join(_plain(item) for item in value)
        case dict():
            return ", ".join(f"{name} {_plain(item)}" for name, item in value.items())
    return str(value)
