"""Loads applications that are under way: what somebody sees who applies, and what waits for the screeners.

They stand beside the projects of the file, and none of them is in the contest: no result changes by them.
"""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from awards.entering import drafting, inviting
from awards.entering.submitting import Sending, submit
from awards.models import Call, Entry
from festival.demo.accounts import APPLICANT

OTHERS = "ateliers@candidature.example.org"
_SPACE = uuid.UUID("5b0c7a52-6f0e-4a1c-9d57-0a4f4e0b2027")


@dataclass(frozen=True, slots=True)
class _Draft:
    """What somebody wrote; `is_sent` where it was sent in as well."""

    title: str
    pitch: str
    holder: str
    city: str
    usage: str
    email: str = APPLICANT
    is_sent: bool = False
    begun: timedelta = field(default=timedelta(days=3))


DRAFTS = (
    _Draft(
        "Le Four du quartier",
        "Un four à pain au milieu de la place, allumé deux fois par semaine par celles et ceux qui en ont envie.",
        "Les Levains libres",
        "Quimper",
        "Une toiture pour le four, et une saison de farine pour commencer.",
    ),
    _Draft(
        "La Malle aux cartes",
        "Une malle de cartes anciennes que les écoles se prêtent, avec un jeu pour chaque âge.",
        "Cartes sur table",
        "Vannes",
        "Deux malles de plus, et le temps de les remplir avec des classes.",
        is_sent=True,
        begun=timedelta(days=5),
    ),
    _Draft(
        "Recousu",
        "Un camion de couture va de marché en marché : on répare ensemble, et chacun repart avec son vêtement.",
        "Atelier Recousu",
        "Lorient",
        "Une seconde machine, et l’essence d’une année de marchés.",
        OTHERS,
        is_sent=True,
        begun=timedelta(days=8),
    ),
)


def load(call: Call) -> int:
    """Begin each application once, in the first days of the call, and return how many there are."""
    for number, draft in enumerate(DRAFTS):
        key = uuid.uuid5(_SPACE, f"{call.slug} {number}")
        if not Entry.objects.filter(uuid=key).exists():
            _begin(call, draft, key)
    return len(DRAFTS)


def _begin(call: Call, draft: _Draft, key: uuid.UUID) -> None:
    now = call.opens + draft.begun
    who = drafting.confirm(email=draft.email, language="fr", now=now)
    category = call.categories.filter(by_public_vote=False).order_by("sort_order")[0]
    entry = drafting.start(key=key, call=call, category=category, title=draft.title, by=who, now=now)
    typed = {"title": draft.title, "pitch": draft.pitch, "holder": draft.holder, "city": draft.city, "country": "FR"}
    more = {"category": category.slug, "language": "fr", "q-usage": draft.usage}
    kept = drafting.save_draft(entry_id=entry.pk, typed=typed | more, version=0, by=who, now=now + timedelta(hours=1))
    if draft.is_sent:
        answers = {question.pk: draft.usage for question in call.questions.current().filter(slug="usage")}
        facts: dict[str, Any] = {**typed, "language": "fr", "funding_received": 0}
        sending = Sending(category, facts, answers, call.rules_version, kept.version)
        submit(entry_id=entry.pk, sending=sending, by=who, now=now + timedelta(hours=2))
    else:
        inviting.invite(entry_id=entry.pk, email="ami@demo.example.org", by=who, now=now + timedelta(hours=2))
