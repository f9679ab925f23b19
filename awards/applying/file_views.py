"""Files of a project at the edge: taken with the form, whatever else is wrong; handed out as downloads alone."""

import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Any, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from awards.applying.access import Desk, for_entries
from awards.applying.wording import files_taken, only_if, sentence_for
from awards.entering import filing, queries
from awards.entering.filing import Upload
from awards.exceptions.entering import TooManyFiles
from awards.jury.access import Seat, for_jurors
from awards.models import Assignment, Call, Entry, EntryFile, Question, Recusal
from festival.core.limits import Rate, Use, count_all
from festival.typed import cleaning
from festival.uploads import pdfs, pictures

FILES = Rate("apply-files", limit=60, seconds=3600)
MEGABYTE = 1024 * 1024
LONGEST_NAME = 120
_PICTURES = ("jpg", "jpeg", "png", "webp")


@dataclass(slots=True)
class Slot:
    """A question that is answered with files: what it has, and what is wrong with what was sent."""

    question: Question
    condition: str = ""
    files: list[EntryFile] = field(default_factory=list)
    error: str = ""

    @property
    def name(self) -> str:
        """The name of its field."""
        return f"file-{self.question.slug}"

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of the files that it takes."""
        kinds = self.question.file_kind_list
        of_pdf = ("pdf",) if Question.FileKind.PDF in kinds else ()
        return of_pdf + (_PICTURES if Question.FileKind.IMAGE in kinds else ())

    @property
    def accept(self) -> str:
        """The endings as browsers want them."""
        return ",".join(f".{ending}" for ending in self.endings)

    @property
    def takes(self) -> str:
        """What it takes, in words."""
        return files_taken(self.question)


@require_safe
@for_entries
def file(request: HttpRequest, desk: Desk, entry: Entry, file: uuid.UUID) -> HttpResponse:
    """Hand a file out to somebody of its project, under the name that they gave it."""
    row = EntryFile.objects.filter(entry=entry, uuid=file, removed_at__isnull=True).first()
    return _download(row, row.name if row else "")


@require_safe
@for_jurors
def file_for_jurors(request: HttpRequest, seat: Seat, slug: str, file: uuid.UUID) -> HttpResponse:
    """Hand a file out to a juror who reads the project; of a blind round only a version without names, nameless."""
    reads = Assignment.objects.filter(juror=seat.juror, round=seat.round, entry__slug=slug)
    pair = reads.exclude(state=Assignment.State.RECUSED).select_related("entry").first()
    read = pair.entry if pair else seat.juror.is_chair and Entry.objects.filter(call=seat.call, slug=slug).first()
    if not read or Recusal.objects.filter(juror=seat.juror, entry=read).exists():
        raise Http404
    rows = filing.readable_by_jurors(read, is_blind=seat.round.is_blind)
    number, row = next(((place, one) for place, one in enumerate(rows, 1) if one.uuid == file), (0, None))
    ending = PurePath(str(row.file.name)).suffix if row else ""
    return _download(row, f"{slug}-{number}{ending}")


def empty_slots(call: Call) -> list[Slot]:
    """Return the questions of a call that are answered with files."""
    questions = queries.questions_of(call)
    return [Slot(one, only_if(one, questions)) for one in questions if one.kind == Question.Kind.FILE]


def slots_of(entry: Entry, errors: dict[str, str]) -> list[Slot]:
    """Return the questions that are answered with files, with what they have; `errors` by the names of the fields."""
    files, slots = queries.files_of(entry), empty_slots(entry.call)
    for slot in slots:
        slot.files = [one for one in files if one.question_id == slot.question.pk]
        slot.error = errors.get(slot.name, "")
    return slots


def take_files(request: HttpRequest, desk: Desk, entry: Entry, now: datetime) -> dict[str, str]:
    """Take out what is asked to go and keep what came; return what is wrong with what was not kept, by its field.

    Raises CallNotOpen, EntryLocked, RateLimited: nothing is kept then.
    """
    with suppress(ValueError):
        if gone := request.POST.get("remove"):
            filing.take_out(entry_id=entry.pk, file=uuid.UUID(gone), by=desk.applicant, now=now)
    came: list[tuple[Slot, Any, uuid.UUID | None]] = [
        (slot, one, None) for slot in slots_of(entry, {}) for one in request.FILES.getlist(slot.name)
    ]
    came += [
        (slot, one, known.uuid)
        for slot in slots_of(entry, {})
        for known in slot.files
        for one in request.FILES.getlist(f"redacted-{known.uuid}")
    ]
    errors: dict[str, str] = {}
    if came:
        count_all([Use(FILES, str(desk.applicant.uuid), len(came))], now=timezone.now())
    for slot, one, redacts in came:
        if error := _keep(desk, entry, slot, one, redacts, now):
            errors[slot.name] = error
    return errors


def as_html(request: HttpRequest, desk: Desk, entry: Entry, errors: dict[str, str]) -> dict[str, str]:
    """Return what the page shows of each question with files, by the name of its field, for its script."""
    context = {"call": desk.call, "entry": entry}
    return {
        slot.name: render_to_string("awards/applying/parts/files.html", context | {"slot": slot}, request)
        for slot in slots_of(entry, errors)
    }


def _keep(
    desk: Desk, entry: Entry, slot: Slot, one: "UploadedFile[bytes]", redacts: uuid.UUID | None, now: datetime
) -> str:
    """Keep one file, and return nothing; or say what is wrong with it."""
    try:
        upload = _looked_into(one, slot)
        filing.keep(
            entry_id=entry.pk,
            question=slot.question,
            upload=upload,
            by=desk.applicant,
            now=now,
            redacts=redacts,
        )
    except TooManyFiles as error:
        return sentence_for(error, queries.deadline_of(desk.call, entry))
    except (pictures.TooManyPixels, pdfs.TooManyPages):
        return _("“%(name)s” is too long or too large to read: make it smaller, please.") % {"name": _name(one)}
    except (pictures.UnreadablePicture, pdfs.UnreadablePdf):
        told = {"name": _name(one), "takes": slot.takes}
        return _("“%(name)s” is not taken: %(takes)s It must open without a password.") % told
    except OverflowError:
        told = {"name": _name(one), "megabytes": str(slot.question.max_megabytes)}
        return _("“%(name)s” is larger than %(megabytes)s MB. Send a smaller one, please.") % told
    return ""


def _looked_into(one: "UploadedFile[bytes]", slot: Slot) -> Upload:
    """Return the file written anew, by what is in it. Raises OverflowError for a large one, and as its writers."""
    if (one.size or 0) > slot.question.max_megabytes * MEGABYTE:
        raise OverflowError
    name, content = _name(one), one.read()
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending in _PICTURES and ending not in slot.endings:
        raise pictures.UnreadablePicture
    if ending in _PICTURES:
        drawn = pictures.redraw(content, ending=ending, most_pixels=settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS)
        return Upload(drawn.content, name, drawn.ending, drawn.content_type)
    if "pdf" not in slot.endings:
        raise pdfs.UnreadablePdf
    return Upload(pdfs.rewrite(content), name, "pdf", "application/pdf")


def _name(one: "UploadedFile[bytes]") -> str:
    return cleaning.line(PurePath(str(one.name or "").replace("\\", "/")).name)[-LONGEST_NAME:].strip()


def _download(row: EntryFile | None, name: str) -> HttpResponse:
    """Hand out a file as a download and nothing else: strangers have sent it. Raises Http404 when there is none."""
    if row is None or not row.file.storage.exists(str(row.file.name)):
        raise Http404
    opened: Any = row.file.open("rb")
    response = FileResponse(opened, as_attachment=True, filename=name, content_type="application/octet-stream")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return cast("HttpResponse", response)
