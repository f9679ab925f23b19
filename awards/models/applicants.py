"""Who applies. No password: a code by mail proves that the address is theirs."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from festival.text.languages import main_language


class Applicant(models.Model):
    """A person who enters projects, in any edition. The address is kept in small letters and once."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language of the mails"), max_length=12, default=main_language)
    confirmed_at = models.DateTimeField(_("address confirmed at"), null=True, blank=True)
    created_at = models.DateTimeField(_("known since"))
    erased_at = models.DateTimeField(
        _("erased at"), null=True, blank=True, help_text=_("Name and address are gone since; what was scored stays.")
    )

    class Meta:
        verbose_name = _("applicant")
        verbose_name_plural = _("applicants")
        ordering = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["email"], name="applicant_email_once"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="applicant_email_in_small_letters"),
        ]

    def __str__(self) -> str:
        return self.name
