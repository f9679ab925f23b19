"""What is on: sessions and who is on stage in them."""

import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, Orderable, PreviewableMixin, RevisionMixin
from wagtail.search import index

from festival.models import MOST_PLACES
from festival.text.translated import TranslatedCharField, TranslatedTextField
from program.models.belonging import OfEdition, once_per_edition
from program.models.codes import CodeListField


class SessionQuerySet(models.QuerySet["Session"]):
    """Finds sessions."""

    def published(self) -> "SessionQuerySet":
        """Return the sessions that the next release will carry, unlisted ones included."""
        return self.filter(live=True).exclude(visibility=Session.Visibility.PRIVATE)


class Session(
    PreviewableMixin, DraftStateMixin, LockableMixin, RevisionMixin, index.Indexed, OfEdition, ClusterableModel
):
    """A thing on the programme, whatever the language. `live` says that it may go into the next release."""

    class Visibility(models.TextChoices):
        """Who finds the session."""

        PUBLIC = "public", _("Public")
        UNLISTED = "unlisted", _("Only with the link")
        PRIVATE = "private", _("Never shown")

    class Registration(models.TextChoices):
        """How one gets a place."""

        NONE = "none", _("No registration")
        FREE = "free", _("Free, on registration")
        TICKETED = "ticketed", _("On registration, with a ticket")
        SLOTS = "slots", _("By appointment")
        INVITATION = "invitation", _("By invitation")

    class Sensory(models.TextChoices):
        """What it is like for the senses."""

        UNSAID = "", _("Not said")
        CALM = "calm", _("Calm")
        LOUD = "loud", _("Loud")

    same_edition = ("section", "format", "track")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey("festival.Edition", models.PROTECT, related_name="sessions", verbose_name=_("edition"))
    section = models.ForeignKey(
        "festival.Section", models.PROTECT, related_name="sessions", verbose_name=_("part of the week")
    )
    slug = models.SlugField(_("short name"), max_length=120)
    title = TranslatedCharField(_("title"), max_length=300)
    abstract = TranslatedTextField(_("abstract"), blank=True)
    format = models.ForeignKey("program.Format", models.PROTECT, related_name="sessions", verbose_name=_("format"))
    track = models.ForeignKey("program.Track", models.PROTECT, related_name="sessions", verbose_name=_("track"))
    tags = ParentalManyToManyField("program.Tag", related_name="sessions", verbose_name=_("tags"), blank=True)
    languages = CodeListField(
        _("spoken languages"), default=list, blank=True, help_text=_("Codes with commas between, such as fr, en.")
    )
    interpretation = CodeListField(
        _("interpretation"),
        default=list,
        blank=True,
        help_text=_("Such as lsf or another sign language, captions-fr, fr-en, audio-description."),
    )
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, validators=[MaxValueValidator(MOST_PLACES)]
    )
    registration = models.CharField(_("registration"), max_length=12, choices=Registration, default=Registration.NONE)
    waitlist = models.BooleanField(_("waiting list"), default=False)
    audience = models.CharField(
        _("audience"), max_length=20, default="all", help_text=_("all, schools, jury, or an age such as 12+.")
    )
    visibility = models.CharField(_("visibility"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    cancelled_at = models.DateTimeField(_("cancelled on"), null=True, blank=True)
    note = TranslatedTextField(_("note"), blank=True)
    internal_note = models.TextField(_("internal note"), blank=True, help_text=_("Never published."))
    what_to_bring = TranslatedCharField(_("what to bring"), max_length=250, blank=True)
    allergens = CodeListField(_("allergens"), default=list, blank=True)
    sensory = models.CharField(_("for the senses"), max_length=10, choices=Sensory, default=Sensory.UNSAID, blank=True)
    accessibility_note = TranslatedTextField(_("accessibility note"), blank=True)
    recording_url = models.URLField(_("recording"), blank=True)
    recording_licence = models.CharField(_("licence of the recording"), max_length=80, blank=True)
    recording_captions = CodeListField(_("captions of the recording"), default=list, blank=True)
    recording_has_transcript = models.BooleanField(_("the recording has a transcript"), default=False)
    recording_is_live = models.BooleanField(_("streamed live"), default=False)

    objects = SessionQuerySet.as_manager()

    search_fields = [
        index.SearchField("title", boost=3),
        index.AutocompleteField("title"),
        index.SearchField("abstract"),
        index.FilterField("visibility"),
        index.FilterField("live"),
        index.FilterField("edition"),
    ]

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["section__start_date", "slug"]
        constraints = [
            once_per_edition("session_once_per_edition"),
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True) | models.Q(capacity__gt=0),
                name="session_capacity_positive",
                violation_error_message=_("The number of places must be above zero."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_cancelled(self) -> bool:
        """Whether the whole session was called off."""
        return self.cancelled_at is not None

    @property
    def is_draft(self) -> bool:
        """Whether the next release leaves it out because nobody has published it."""
        return not self.live

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Preview as the public page would show it; the template compiles this one session from the working tables."""
        return "program/pages/session_preview.html"


class SessionSpeaker(Orderable):
    """One speaker of a session, in order, and what they do there."""

    class Role(models.TextChoices):
        """What they do in this session."""

        SPEAKER = "speaker", _("Speaker")
        MODERATOR = "moderator", _("Moderator")
        HOST = "host", _("Host")

    session = ParentalKey(Session, on_delete=models.CASCADE, related_name="session_speakers")
    speaker = models.ForeignKey(
        "program.Speaker", models.PROTECT, related_name="session_speakers", verbose_name=_("speaker")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.SPEAKER)

    class Meta(Orderable.Meta):
        verbose_name = _("speaker of a session")
        verbose_name_plural = _("speakers of a session")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "speaker"],
                name="speaker_once_per_session",
                violation_error_message=_("This speaker is already in the session."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.speaker_id} in {self.session_id}"
