"""Parts of addresses."""

from datetime import date


class IsoDate:
    """A date such as 2027-05-05."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the date; ValueError (so 404) for one like 2027-02-30."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """Return ISO 8601."""
        return value if isinstance(value, str) else value.isoformat()


class EditionNumber:
    """The number of an edition, such as 2027."""

    regex = r"[1-9]\d{0,4}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return the digits."""
        return str(value)
