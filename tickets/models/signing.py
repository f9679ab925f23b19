"""The key that signs an edition's tickets."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from festival.models import Edition


class SigningKey(models.Model):
    """One Ed25519 key pair; `kid` (0 to 15) stands in every token signed with it. The private half is encrypted."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="signing_keys", verbose_name=_("edition"))
    kid = models.PositiveSmallIntegerField(_("key number"), validators=[MaxValueValidator(15)])
    public = models.BinaryField(_("public key"), max_length=32)
    private_encrypted = models.BinaryField(_("private key, encrypted"))
    created_at = models.DateTimeField(_("made at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        ordering = ["kid"]
        constraints = [models.UniqueConstraint(fields=["edition", "kid"], name="signing_key_once_per_edition")]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.kid}"
