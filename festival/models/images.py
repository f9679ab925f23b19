"""Pictures: who made them is asked once, at the upload, and printed wherever they are shown."""

import secrets
from pathlib import PurePath
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition


class FestivalImage(AbstractImage):
    """A picture of the media library; what it shows is described anew wherever it is used."""

    credit = models.CharField(
        _("credit"),
        max_length=200,
        help_text=_(
            "Who made it and its licence, such as “Atelier du Canal, CC BY-SA 4.0”. Printed under the picture."
        ),
    )

    admin_form_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "file",
        "description",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    def get_upload_to(self, filename: str) -> str:
        """Return where an upload is kept: under a name that nobody guesses, for renditions are named after it.

        So a picture of somebody whom no page shows yet is not to be had by whoever knows their name.
        """
        return f"original_images/{secrets.token_hex(10)}{PurePath(filename).suffix.lower()[:8]}"

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class FestivalRendition(AbstractRendition):
    """A picture in one size, re-encoded; the only thing of an upload that visitors may fetch."""

    image = models.ForeignKey(FestivalImage, models.CASCADE, related_name="renditions", verbose_name=_("picture"))

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once_per_filter"
            )
        ]
