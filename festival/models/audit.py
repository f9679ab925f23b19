"""Who did what, when: rows that are written once and sealed into a chain."""

from collections.abc import Sequence
from typing import Any, ClassVar, NoReturn

from django.db import connections, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AppendOnly(Exception):
    """Somebody wanted to change or delete a row of a table that is only ever added to, such as the audit log."""

    def __init__(self) -> None:
        super().__init__("This table is written once: its rows are neither changed nor deleted.")


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Finds entries; changes nothing but the seals of those that have none."""

    def update(self, **changes: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly

    def forget_names(self) -> int:
        """Blank both names of the rows, which no seal covers, and return how many rows that were."""
        return super().update(actor_name="", subject_name="")

    def forget_subjects(self) -> int:
        """Blank the names of what was acted upon, and return how many rows that were."""
        return super().update(subject_name="")

    def unsealed(self) -> "AuditQuerySet":
        """Keep the entries that are not in the chain yet, oldest first."""
        return self.filter(seal=None).order_by("pk")

    def write_seals(self, entries: Sequence["AuditEntry"]) -> None:
        """Store position, previous and seal of `entries`; the database refuses it for those that are sealed."""
        with connections[self.db].cursor() as cursor:  # twenty times as fast as `bulk_update`; others wait
            cursor.executemany(
                "UPDATE festival_auditentry SET position = %s, previous = %s, seal = %s WHERE id = %s",
                [(entry.position, entry.previous, entry.seal, entry.pk) for entry in entries],
            )


class AuditEntry(models.Model):
    """One act: the actor did `verb` to the subject.

    Nothing here is tied to another table, so that what happened outlives what it happened to. The two names are for
    people to read and are not sealed: an erasure may blank them, and nothing else.
    """

    wagtail_reference_index_ignore = True

    at = models.DateTimeField(_("moment of the act"), db_index=True)
    actor = models.CharField(_("actor"), max_length=80, db_index=True)
    actor_name = models.CharField(_("name of the actor"), max_length=150, blank=True)
    verb = models.CharField(_("verb"), max_length=60, db_index=True)
    subject_type = models.CharField(_("kind of subject"), max_length=60)
    subject_id = models.CharField(_("number of the subject"), max_length=64)
    subject_name = models.CharField(_("name of the subject"), max_length=200, blank=True)
    edition = models.CharField(_("edition"), max_length=20, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    position = models.PositiveBigIntegerField(_("position in the chain"), null=True, unique=True, editable=False)
    previous = models.CharField(_("seal before"), max_length=64, null=True, editable=False)
    seal = models.CharField(_("seal"), max_length=64, null=True, editable=False)

    objects: ClassVar[AuditQuerySet] = AuditQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("entries of the audit log")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"]),
            models.Index(fields=["id"], condition=Q(seal__isnull=True), name="audit_unsealed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(position__isnull=True, previous__isnull=True, seal__isnull=True)
                | Q(position__gte=1, previous__isnull=False, seal__isnull=False),
                name="audit_sealed_as_a_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_name or self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert a new row. Raises AppendOnly for a row that exists."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise AppendOnly."""
        raise AppendOnly


class SealHead(models.Model):
    """The end of the chain, in one row. Whoever seals holds it, so that two never seal at once."""

    wagtail_reference_index_ignore = True

    position = models.PositiveBigIntegerField(_("position in the chain"), default=0)
    seal = models.CharField(_("seal"), max_length=64)
    sealed_at = models.DateTimeField(_("sealed at"), null=True)

    class Meta:
        verbose_name = _("end of the chain")
        verbose_name_plural = _("ends of the chain")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="seal_head_is_one_row")]

    def __str__(self) -> str:
        return str(self.position)
