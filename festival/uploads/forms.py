"""Forms of the CMS core: what is uploaded is looked into before it is kept."""

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import FileField
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from festival.uploads import document_kinds, pictures

_PICTURE_INVALID = _(
    "This is not a picture that can be read: it is damaged, cut off, or of another kind than its name says."
)
_PICTURE_TOO_LARGE = _(
    "This picture has %(pixels)d million pixels; %(limit)d million are the most. Make it smaller and try again."
)
_DOCUMENT_INVALID = _("The file is not what its name says: “.%(ending)s”.")


class PictureField(WagtailImageField):
    """A picture, replaced in the upload itself by one that was drawn anew.

    Wagtail keeps the upload where other fields of the form are wrong, and makes the picture of it later; so it is the
    upload that must be clean.
    """

    def to_python(self, data: Any) -> Any:
        """Return the upload with the new picture in it. Raises ValidationError with a sentence."""
        upload = FileField.to_python(self, data)
        if upload is None:
            return None
        self.check_image_file_size(upload)
        self._check_ending(upload.name or "")
        upload.seek(0)
        try:
            picture = pictures.redraw(
                upload.read(),
                ending=_ending(upload.name or ""),
                most_pixels=settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS,
            )
        except pictures.TooManyPixels as error:
            sizes = {
                "pixels": -(-error.pixels // 1_000_000),
                "limit": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000,
            }
            raise ValidationError(_PICTURE_TOO_LARGE, "file_too_many_pixels", sizes) from error
        except pictures.UnreadablePicture as error:
            raise ValidationError(_PICTURE_INVALID, "invalid_image") from error
        _replace(upload, picture)  # type: ignore[arg-type]  # what a form holds is an upload
        return upload

    def _check_ending(self, name: str) -> None:
        if _ending(name) not in self.allowed_image_extensions:
            raise ValidationError(self.error_messages["invalid_image_extension"], "invalid_image_extension")


class ImageForm(BaseImageForm):
    """Wagtail's form of a picture."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            self.fields["file"] = PictureField(label=field.label, required=field.required, widget=field.widget)


class DocumentForm(BaseDocumentForm):
    """Wagtail's form of a document; a name that promises another kind than the file is of is refused."""

    def clean_file(self) -> Any:
        """Return the upload. Raises ValidationError where its name and its content differ."""
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            ending = _ending(upload.name or "")
            if not document_kinds.is_of_kind(upload, ending):  # type: ignore[arg-type]  # reads like any file
                raise ValidationError(_DOCUMENT_INVALID, "invalid_document", {"ending": ending})
        return upload


def _ending(name: str) -> str:
    return PurePath(name).suffix.lower().removeprefix(".")


def _replace(upload: "UploadedFile[bytes]", picture: pictures.Picture) -> None:
    """Write the new picture where the old one was, in memory or in the file of a large upload."""
    upload.seek(0)
    upload.truncate()
    upload.write(picture.content)
    upload.flush()
    upload.seek(0)
    upload.size = len(picture.content)
    upload.content_type = picture.content_type
    upload.name = f"{PurePath(upload.name or '').stem}.{picture.ending}"
