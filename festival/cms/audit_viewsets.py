"""The screen of the audit log: who did what, when; searched, filtered, never edited."""

import textwrap
from typing import Any

import django_filters
from django.apps import apps
from django.db.models import Min
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from festival.cms.columns import MomentColumn
from festival.cms.records import RecordInspectView, RecordViewSet
from festival.core import audit
from festival.models import AuditEntry
from festival.text import collation
from festival.text.typography import moment

# By the second word of a verb. A test looks for each verb of the code.
ACTS = {
    "let_through": gettext_lazy("comment let through"),
    "held_back": gettext_lazy("comment held back"),
    "laid_out": gettext_lazy("running order begun"),
    "step_added": gettext_lazy("step added"),
    "step_changed": gettext_lazy("step changed"),
    "step_removed": gettext_lazy("step taken out"),
    "stage_begun": gettext_lazy("ceremony begun"),
    "stage_rehearsed": gettext_lazy("back to rehearsal"),
    "purged": gettext_lazy("erasing of applications"),
    "exported": gettext_lazy("export"),
    "renewed": gettext_lazy("new version"),
    "rounds_made": gettext_lazy("usual rounds made"),
    "discarded": gettext_lazy("plan discarded"),
    "proposed": gettext_lazy("plan proposed"),
    "screened": gettext_lazy("screening"),
    "finished": gettext_lazy("juror finished"),
    "abstained": gettext_lazy("abstention"),
    "unflagged": gettext_lazy("question to the chair taken back"),
    "flagged": gettext_lazy("question to the chair"),
    "accepted": gettext_lazy("acceptance"),
    "address_corrected": gettext_lazy("address corrected"),
    "answered": gettext_lazy("answers given"),
    "asked": gettext_lazy("asking"),
    "begun": gettext_lazy("beginning"),
    "brought_back": gettext_lazy("return to the contest"),
    "called_off": gettext_lazy("called off by the shop"),
    "cancelled": gettext_lazy("cancellation"),
    "cast": gettext_lazy("casting vote"),
    "changed": gettext_lazy("change"),
    "cleared": gettext_lazy("emptying"),
    "clarified": gettext_lazy("purpose named"),
    "closed": gettext_lazy("meeting closed"),
    "counted": gettext_lazy("votes counted"),
    "confirmed": gettext_lazy("confirmation"),
    "created": gettext_lazy("creation"),
    "credited": gettext_lazy("credit to an order"),
    "declared": gettext_lazy("declaration"),
    "lifted": gettext_lazy("lifting of a conflict"),
    "deleted": gettext_lazy("deletion"),
    "details_given": gettext_lazy("details given"),
    "distributed": gettext_lazy("distribution to the jury"),
    "doubted": gettext_lazy("doubt about a ballot"),
    "dropped": gettext_lazy("dropping"),
    "erased": gettext_lazy("erasing of a person"),
    "expired": gettext_lazy("end of the time limit"),
    "failed": gettext_lazy("failure"),
    "file_deleted": gettext_lazy("file deleted"),
    "file_kept": gettext_lazy("file received"),
    "file_removed": gettext_lazy("file taken out"),
    "filled_in": gettext_lazy("filled in by a guest"),
    "frozen": gettext_lazy("result frozen"),
    "given_more_time": gettext_lazy("more time"),
    "granted": gettext_lazy("ticket of the pot given"),
    "goodwill_given": gettext_lazy("a part paid back"),
    "held": gettext_lazy("places held"),
    "imported": pgettext_lazy("audit log", "import"),
    "invited": gettext_lazy("invitation to the jury"),
    "declined": gettext_lazy("refusal of the jury"),
    "password_chosen": gettext_lazy("first password of an account"),
    "put_in_the_chair": gettext_lazy("made chair"),
    "left_the_jury": gettext_lazy("leaving of the jury"),
    "joined": gettext_lazy("joining the list"),
    "left": gettext_lazy("leaving the list"),
    "made_outside": gettext_lazy("made at the payment service"),
    "made": pgettext_lazy("audit log", "making"),
    "let_go": gettext_lazy("places let go"),
    "mailed_again": gettext_lazy("mail sent again"),
    "member_invited": gettext_lazy("invitation to write along"),
    "member_joined": gettext_lazy("joining of a project"),
    "member_left": gettext_lazy("leaving of a project"),
    "member_removed": gettext_lazy("somebody taken out of a project"),
    "moved": pgettext_lazy("audit log", "move"),
    "noted": gettext_lazy("note"),
    "offered": gettext_lazy("place offered"),
    "opened": gettext_lazy("meeting opened"),
    "over": gettext_lazy("end of the offer"),
    "paid": gettext_lazy("payment complete"),
    "passed_on": gettext_lazy("passed on to somebody"),
    "planned": gettext_lazy("planning"),
    "placed": gettext_lazy("order placed"),
    "publication_set": gettext_lazy("moment of publication"),
    "published": pgettext_lazy("audit log", "publication"),
    "reassigned": gettext_lazy("given to another juror"),
    "received": gettext_lazy("received from somebody"),
    "refused": gettext_lazy("refusal"),
    "refunded": gettext_lazy("cancellation with refund"),
    "released": pgettext_lazy("audit log", "release"),
    "reminded": gettext_lazy("reminder"),
    "renamed": gettext_lazy("change of name"),
    "reopened": gettext_lazy("taken up again"),
    "restored": gettext_lazy("return to use"),
    "revoked": gettext_lazy("revocation"),
    "saved": gettext_lazy("saving"),
    "searched": pgettext_lazy("audit log", "search"),
    "sent_again": gettext_lazy("mail sent again"),
    "set_aside": gettext_lazy("set aside"),
    "set_up": gettext_lazy("setting up"),
    "stopped": gettext_lazy("end of the wait"),
    "submitted": gettext_lazy("handing in"),
    "taken_back": gettext_lazy("taking back"),
    "taken_off": gettext_lazy("taken off the site"),
    "told": gettext_lazy("those concerned told"),
    "undone": gettext_lazy("undoing"),
    "unpublished": gettext_lazy("end of publication"),
    "voided": gettext_lazy("ballot made void"),
    "withdrawn": gettext_lazy("withdrawal"),
}


def act(entry: AuditEntry) -> str:
    """Return what was done to what kind of thing; the verb itself where an old entry has a word of its own."""
    done = ACTS.get(entry.verb.partition(".")[2])
    if done is None:
        return entry.verb
    return _("%(thing)s: %(act)s") % {"thing": capfirst(_kind(entry.subject_type)), "act": done}


def _kind(label: str) -> str:
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


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
        return _named(act(self.object), self.object.verb)

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
            accessor=act,
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
    named = [(row["verb"], act(AuditEntry(verb=row["verb"], subject_type=row["kind"]))) for row in found]
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
