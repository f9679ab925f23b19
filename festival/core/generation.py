"""Goes when every app writes through `festival.core.writing`."""

from festival.core.writing import forget_generation, site_generation, writing


def current() -> int | str:
    """Return the generation."""
    number = site_generation()
    return int(number) if number.isdigit() else number


def bump() -> None:
    """Start a new one."""
    with writing(public=True):
        pass


forget = forget_generation
