"""Loads the awards: the call, the projects, the jury, what it wrote, and the result that the chair froze."""

from collections.abc import Callable
from typing import Any

from festival.core.writing import writing
from festival.demo.awards import applications, call as the_call, jury, projects, public, winners


def load(data: dict[str, Any], report: Callable[[str], None]) -> None:
    """Bring call, projects and jury back to the file; what jurors wrote is added once and never rewritten."""
    awards = data["awards"]
    with writing(public=True):
        call = the_call.load(data["edition"]["id"], awards)
        entries = projects.load(call, data)
        winners.load_prizes(call)
    report(f"Awards: {len(entries)} projects.")
    jury.load(awards, call, entries, report)
    projects.take_out(awards, entries)  # only now: some of these had been scored before
    jury.freeze(call)
    public.load(call, awards, entries)
    winners.announce(call, awards)
    applications.load(call)
