"""Forms of the CMS core."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from wagtail.images.forms import BaseImageForm

_ORIENTATION = 0x0112


class ImageForm(BaseImageForm):
    """Wagtail's upload form; a picture is written anew, so that nothing but its pixels is kept.

    A telephone writes the place and the owner into every photograph, and Wagtail copies them into each rendition.
    """

    def clean_file(self) -> Any:
        """Return the picture re-encoded in its own format, upright, without metadata; animations stay as they are."""
        upload = self.cleaned_data["file"]
        if not isinstance(upload, UploadedFile):
            return upload
        from PIL import Image, ImageOps  # noqa: PLC0415 -- slow import

        upload.seek(0)
        with Image.open(upload) as picture:
            if getattr(picture, "is_animated", False):
                upload.seek(0)
                return upload
            kind, profile = picture.format or "PNG", picture.info.get("icc_profile")
            upright = ImageOps.exif_transpose(picture)
            clean = Image.new(upright.mode, upright.size)
            clean.paste(upright)
            if upright.mode == "P" and (palette := upright.getpalette()):
                clean.putpalette(palette)
        written = BytesIO()
        options = {"quality": 92} if kind in {"JPEG", "WEBP", "AVIF"} else {}
        clean.save(written, kind, icc_profile=profile, **options)
        written.seek(0)
        size = written.getbuffer().nbytes
        return InMemoryUploadedFile(written, "file", upload.name, upload.content_type, size, None)
