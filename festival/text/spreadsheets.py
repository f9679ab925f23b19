"""Cells that no spreadsheet runs: what people typed may begin like a formula (OWASP, CSV injection)."""

from typing import Any

from django.db.models import Model

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def disarmed(cell: object) -> str:
    """Return the cell as text, with an apostrophe in front if a spreadsheet would take it for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


# For `custom_value_preprocess` of Wagtail's exports: texts, and rows that are written by their names.
CELLS: dict[Any, dict[str, Any]] = {(str, Model): {"csv": disarmed, "xlsx": disarmed}}
