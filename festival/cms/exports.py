"""Every list of the admin is exported by the one writer of spreadsheets: ours, and Wagtail's reports.

Wagtail's lists and reports share one mixin; what it writes is replaced there, once, so that no list can forget it.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from festival.documents import spreadsheets
from festival.typed.hundredths import HundredthsField

_IN_CENTS = "cents"  # how the columns of amounts end


def write_every_export() -> None:
    """Let the mixin of Wagtail write with `festival.documents.spreadsheets`."""
    SpreadsheetExportMixin.write_csv_response = _csv_response
    SpreadsheetExportMixin.write_xlsx_response = _workbook_response


def _csv_response(view: Any, queryset: Any) -> StreamingHttpResponse:
    lines = spreadsheets.csv_lines(_heading(view, queryset), _rows(view, queryset, view.FORMAT_CSV))
    response = StreamingHttpResponse((line.encode() for line in lines), content_type=spreadsheets.CSV)
    response["Content-Disposition"] = f'attachment; filename="{view.get_filename()}.csv"'
    return response


def _workbook_response(view: Any, queryset: Any) -> FileResponse:
    content = spreadsheets.workbook(_heading(view, queryset), _rows(view, queryset, view.FORMAT_XLSX))
    response = FileResponse([content], content_type=spreadsheets.WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="{view.get_filename()}.xlsx"'
    return response


def _heading(view: Any, queryset: Any) -> list[str]:
    return [str(view.get_heading(queryset, field)) for field in view.list_export]


def _rows(view: Any, queryset: Any, kind: str) -> Iterable[list[object]]:
    readers = [_reader(view, field, kind) for field in view.list_export]
    for item in queryset:
        cells = view.to_row_dict(item)
        yield [read(cells[field]) for field, read in zip(view.list_export, readers, strict=True)]


def _reader(view: Any, field: str, kind: str) -> Callable[[Any], object]:
    """Return what makes a cell of the value of this field."""
    if field.endswith(_IN_CENTS) or isinstance(_field_at(view.model, field), HundredthsField):
        return spreadsheets.amount
    own: Callable[[Any], object] | None = view.custom_field_preprocess.get(field, {}).get(kind)
    words = {} if own else _words(view.model, field)
    return own or (lambda value: str(words.get(value, value)) if words else value)


def _words(model: Any, path: str) -> dict[Any, Any]:
    """Return what people read for each value of a field with choices, empty for another."""
    field = _field_at(model, path)
    return {} if field is None else dict(field.flatchoices)


def _field_at(model: Any, path: str) -> Any:
    """Return the field that a column shows, None for a column that is none; `.` follows a relation."""
    name, _dot, further = path.partition(".")
    fields = model._meta.fields if model else []  # a report has no model
    field = next((one for one in fields if one.name == name), None)
    return _field_at(field.related_model, further) if field is not None and further else field
