"""The demonstration's file: a programme as every import knows it, with shop, awards and pages beside it."""

from typing import Annotated, Any

from festival.demo.awards.awards_file import Awards
from festival.demo.shop.shop_file import Shop
from festival.importing.checking import doubles, words_of
from festival.importing.faults import Fault, Faults
from festival.importing.values import Row, Words, short_name, texts
from program.importing.programme_file import ProgrammeFile
from program.importing.validation import faults_of

LISTS = {"ticketing": ("tickets", "addons"), "awards": ("categories", "jurors", "projects")}


class PageRow(Row):
    """`pages[]`."""

    id: Annotated[str, *short_name()]
    title: Annotated[Words, *texts(255, required=True)]
    body: Annotated[Words, *texts(required=True)]
    legal: bool = False


class QuestionAndAnswer(Row):
    """`faq[]`."""

    id: Annotated[str, *short_name()]
    section: str
    question: Annotated[Words, *texts(255, required=True)]
    answer: Annotated[Words, *texts(required=True)]


class DemoFile(ProgrammeFile):
    """A whole file of the demonstration's shape."""

    ticketing: Shop
    awards: Awards
    pages: list[PageRow]
    faq: list[QuestionAndAnswer]


def validate(data: dict[str, Any]) -> None:
    """Raise Faults with everything that is wrong in a file of the demonstration's shape."""
    names: dict[str, set[str]] = {}
    found: list[Fault] = []
    for part, lists in LISTS.items():
        inside = data.get(part)
        if not isinstance(inside, dict):
            continue
        for name in lists:
            words = list(words_of(inside, name, "id"))
            names[name] = {word for _path, word in words}
            found += doubles((f"{part}.{path}", word) for path, word in words)
    _file, faults = faults_of(data, DemoFile, names)
    if faults or found:
        raise Faults([*faults, *found])
