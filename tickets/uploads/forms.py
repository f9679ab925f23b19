"""The field in which somebody sends a file. Works without JavaScript; what was chosen once need not be chosen again."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from festival.typed import cleaning
from festival.uploads import document_kinds, pictures
from tickets.uploads import filing

MOST_BYTES = 5 * 1024 * 1024
LONGEST_NAME = 120
KINDS_TAKEN = _("PDF, JPEG or PNG, 5 MB at most. Only the office opens it.")
GONE = _("This file is not here any more: choose it once more, please.")
_PICTURES = {"jpg", "jpeg", "png"}
_NOT_OURS = _("Send a PDF, a JPEG or a PNG; this file is none of them, or it is damaged.")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as a form holds it: its key, what its sender called it, and until it is kept what is in it.

    `ending` is what it is: pdf, jpg, png.
    """

    key: UUID
    name: str
    content: bytes = b""
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of the field: a file, the key of one that came before, the wish to take that out."""

    file: "UploadedFile[bytes] | None"
    kept: str
    is_taken_out: bool


class SentFileInput(forms.FileInput):
    """The field, below what it has already; `kept` is that file, `is_optional` whether it may be taken out."""

    kept: Sent | None = None
    is_optional = False

    def __init__(self) -> None:
        super().__init__(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Posted:
        """Return what was posted."""
        return Posted(
            super().value_from_datadict(data, files, name), data.get(f"{name}-kept", ""), f"{name}-out" in data
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Return whether nothing at all was posted."""
        return name not in files and f"{name}-kept" not in data

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return its HTML."""
        field = super().render(name, None, attrs, renderer)
        context = {"field": field, "name": name, "kept": self.kept, "is_optional": self.is_optional}
        return mark_safe(render_to_string("tickets/uploads/input.html", context))  # noqa: S308 -- a template escapes


class SentFileField(forms.Field):
    """A PDF, JPEG or PNG of at most 5 MB, recognised by what is in it.

    A picture is drawn anew, so that nothing but its pixels is kept: no place, no owner, no second file within. `form`
    is what makes its key (`filing.key_of`). Whether a file is needed is for the form to say: one may be there already.
    """

    widget = SentFileInput

    def __init__(self, *, form: str = "", is_optional: bool = False, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.form = form
        self.input.is_optional = is_optional

    @property
    def input(self) -> SentFileInput:
        """The widget, which shows the file that is there."""
        return cast("SentFileInput", self.widget)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what was posted; nothing of it is shown again but the file that is kept."""
        return data

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether another file was chosen, or the one that is there taken out."""
        return bool(data and (data.file or data.is_taken_out))

    def to_python(self, value: Posted | None) -> Sent | None:
        """Return the file that counts. Raises ValidationError with a sentence."""
        if value is None:
            return self.input.kept
        self._find_kept(value)
        if value.file:
            return _looked_into(value.file, self.form)
        if value.kept and not value.is_taken_out and self.input.kept is None:
            raise ValidationError(GONE, "gone")
        return self.input.kept

    def _find_kept(self, posted: Posted) -> None:
        """Show the file that came with the form before, else the one that was there at first."""
        if posted.is_taken_out:
            self.input.kept = None
        elif row := filing.kept(posted.kept) if posted.kept else None:
            self.input.kept = Sent(row.key, row.name)


def _looked_into(file: "UploadedFile[bytes]", form: str) -> Sent:
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(_("This file is larger than 5 MB. Send a smaller one, please."), "too_large")
    name = cleaning.line(PurePath(str(file.name or "").replace("\\", "/")).name)[-LONGEST_NAME:].strip()
    ending = PurePath(name).suffix.lower().removeprefix(".")
    content = file.read()
    key = filing.key_of(form, name, content)
    if ending == "pdf":
        if not document_kinds.is_of_kind(cast("Any", file), "pdf"):
            raise ValidationError(_NOT_OURS, "invalid")
        return Sent(key, name, content, "pdf")
    if ending not in _PICTURES:
        raise ValidationError(_NOT_OURS, "invalid")
    try:
        drawn = pictures.redraw(content, ending=ending, most_pixels=settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS)
    except pictures.TooManyPixels as error:
        raise ValidationError(_("This picture has too many pixels. Make it smaller, please."), "large") from error
    except pictures.UnreadablePicture as error:
        raise ValidationError(_NOT_OURS, "invalid") from error
    return Sent(key, name, drawn.content, drawn.ending)


def forget_kept(form: forms.Form) -> None:
    """Ask for the files of a form once more: one that it had kept is gone (`FileGone`)."""
    for name, field in form.fields.items():
        if isinstance(field, SentFileField) and field.input.kept:
            field.input.kept = None
            form.add_error(name, GONE)


def take_files(form: forms.Form, other: forms.Form) -> None:
    """Show in a form the files that another one with the same fields has kept."""
    for name, field in form.fields.items():
        if isinstance(field, SentFileField):
            field.input.kept = cast("SentFileField", other.fields[name]).input.kept
