"""Parts that several pages of the demonstration share, and small makers of block values."""

from typing import Any

from festival.demo.texts import Both, both, paragraphs, same

Blocks = list[tuple[str, Any]]

NO_LINK = {"page": None, "place": "", "url": ""}


def split_first_sentence(text: Both) -> tuple[Both, Both | None]:
    """Return the first sentence for large type and the rest, or None where there is only one.

    A demonstration notice at the beginning stays with the sentence after it.
    """
    french, english = (_first_sentence(words) for words in (text.fr, text.en))
    if not (french[1] and english[1]):
        return text, None
    return Both(french[0], english[0]), Both(french[1], english[1])


def _first_sentence(text: str) -> tuple[str, str]:
    head, dot, tail = text.partition(". ")
    return (head + dot.strip(), tail) if dot else (text, "")


def practical_strip() -> tuple[str, Any]:
    """Return four short cells: entry, wheelchairs, sign language, children."""
    cells = [
        (
            "ticket",
            Both("Village : entrée libre", "Village: free entry"),
            Both(
                "Pas de billet à présenter ; s’inscrire nous aide à compter.",
                "No ticket to show; registering helps us count.",
            ),
        ),
        (
            "wheelchair",
            Both("Fauteuils roulants", "Wheelchairs"),
            Both(
                "Tout est de plain-pied, sauf la Péniche : sept marches, retransmission à La Fabrique sur demande.",
                "Everything is step-free except the Barge: seven steps, relayed to the Makery on request.",
            ),
        ),
        (
            "hand",
            Both("Langue des signes", "Sign language"),
            Both("Cinq séances sont interprétées en LSF.", "Five sessions are interpreted in French Sign Language."),
        ),
        (
            "people",
            Both("Avec des enfants", "With children"),
            Both(
                "Une halte-jeux est ouverte samedi et dimanche, de 11 h à 17 h.",
                "A play area is open on Saturday and Sunday, 11:00 to 17:00.",
            ),
        ),
    ]
    return (
        "practical",
        {
            "heading": Both("Bon à savoir", "Good to know"),
            "cells": [{"icon": icon, "heading": heading, "text": paragraphs(text)} for icon, heading, text in cells],
        },
    )


def faq(data: dict[str, Any], heading: Both, *topics: str) -> tuple[str, Any]:
    """Return the questions of the file about `topics`, such as "acces"."""
    found = [row for row in data["faq"] if row["section"] in topics]
    questions = [{"question": both(row["question"]), "answer": paragraphs(both(row["answer"]))} for row in found]
    return ("faq", {"heading": heading, "questions": questions})


def sessions_figure(section: str, number: int, label: Both) -> tuple[str, Any]:
    """Return a number of sessions as a key figure with its source."""
    source = Both("Programme du festival, mars 2027", "Festival programme, March 2027")
    figure = same(str(number))
    return (
        "key_figure",
        {"section": section, "figure": figure, "label": label, "source": source, "source_url": ""},
    )


def place(name: str, text: Both) -> dict[str, Any]:
    """Return a link to a place of the site."""
    return {"text": text} | NO_LINK | {"place": name}


def listed(tag: str, items: tuple[Both, ...]) -> str:
    """Return the markup of a list with room for `items`."""
    return f"<{tag}>" + "<li>{}</li>" * len(items) + f"</{tag}>"


def count(data: dict[str, Any], section: str = "") -> int:
    """Return how many sessions the public sees, in all or in one part of the week."""
    shown = [row for row in data["sessions"] if row["visibility"] == "public" and row["status"] != "draft"]
    return sum(not section or row["section"] == section for row in shown)


def pks(model: Any, slugs: list[str]) -> list[int]:
    """Return the ids of chosen rows in the order of `slugs`; rows that are not loaded are left out."""
    found = dict(model.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    return [found[slug] for slug in slugs if slug in found]
