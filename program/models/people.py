"""Who is on stage."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from festival.text.translated import TranslatedCharField, TranslatedTextField
from program.models.codes import CodeListField


class Speaker(index.Indexed, models.Model):  # type: ignore[django-manager-missing]  # ParentalKey is untyped
    """A person, a group or a stage name. Needs no account."""

    class Kind(models.TextChoices):
        """What the name stands for."""

        PERSON = "person", _("Person")
        GROUP = "group", _("Group")
        STAGE_NAME = "stage_name", _("Stage name")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("short name"), unique=True, max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PERSON)
    name = models.CharField(_("name"), max_length=120)
    sort_name = models.CharField(
        _("sorted as"), max_length=120, help_text=_("Family name first; Icelandic names by the first name.")
    )
    native_name = models.CharField(
        _("name in its own script"), max_length=120, blank=True, help_text=_("Such as 南森 遥.")
    )
    native_language = models.CharField(
        _("language of that name"), max_length=12, blank=True, help_text=_("Code such as ja, for screen readers.")
    )
    role = TranslatedCharField(_("what they do"), max_length=160, blank=True)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("ISO 3166 code, such as FR."))
    languages = CodeListField(
        _("languages"), default=list, blank=True, help_text=_("Codes with commas between, such as fr, en.")
    )
    bio = TranslatedTextField(_("about"), blank=True)
    website = models.URLField(_("website"), blank=True)
    photo = models.ForeignKey(
        "festival.FestivalImage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("photograph")
    )
    is_cancelled = models.BooleanField(_("cannot come"), default=False)
    internal_note = models.TextField(_("internal note"), blank=True)

    search_fields = [
        index.SearchField("name"),
        index.SearchField("native_name"),
        index.SearchField("organisation"),
        index.AutocompleteField("name"),
        index.AutocompleteField("sort_name"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["sort_name"]

    def __str__(self) -> str:
        return self.name
