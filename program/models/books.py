"""The bookshop."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from festival.text.languages import main_language
from festival.text.translated import TranslatedTextField
from program.models.belonging import OfEdition, once_per_edition


class Book(OfEdition):
    """A book of the festival's bookshop, tied to sessions."""

    edition = models.ForeignKey("festival.Edition", models.PROTECT, related_name="books", verbose_name=_("edition"))
    slug = models.SlugField(_("short name"))
    title = models.CharField(_("title"), max_length=200)
    author = models.CharField(_("author"), max_length=160)
    year = models.PositiveIntegerField(_("year"), validators=[MaxValueValidator(9999)])
    language = models.CharField(
        _("language"), max_length=12, default=main_language, help_text=_("Code such as fr or en.")
    )
    note = TranslatedTextField(_("note"), blank=True)
    sessions = models.ManyToManyField("program.Session", related_name="books", verbose_name=_("sessions"), blank=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0, editable=False)

    class Meta:
        verbose_name = _("book")
        verbose_name_plural = _("bookshelf")
        ordering = ["sort_order", "pk"]
        constraints = [once_per_edition("book_once_per_edition")]

    def __str__(self) -> str:
        return self.title
