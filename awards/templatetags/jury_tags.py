"""What jurors' pages need of packages above theirs: the files of a project, as far as the round lets them be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from django import template

from awards.entering.filing import readable_by_jurors
from awards.models import Entry, EntryFile, Round

register = template.Library()


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file as a juror reads of it: by its question and its kind, never by the name that its sender gave it."""

    file: EntryFile
    kind: str


@register.simple_tag
def files_for_jurors(entry: Entry, judged: Round) -> Iterator[FileLine]:
    """Return the files of a project that jurors of the round may open; of a blind round versions without names."""
    for file in readable_by_jurors(entry, is_blind=judged.is_blind):
        yield FileLine(file, PurePath(str(file.file.name)).suffix.removeprefix(".").upper())
