"""Goes when every app writes through `festival.core.writing`."""

from contextlib import AbstractContextManager

from festival.core.writing import writing, writing_statement


def write_transaction() -> AbstractContextManager[None]:
    """Write what no visitor sees."""
    return writing(public=False)


write_statement = writing_statement
