"""In a blind round nothing that a juror can reach tells who applied: every address of the jury is walked.

The addresses come from the URLconf. One that is new is walked too, or fails for want of a value.
"""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.urls import URLPattern, reverse

from awards.jury.mail import build
from awards.jury.reminding import remind
from awards.jury.scoring import Conflict, recuse
from awards.models import Assignment, EntryFile, EntryMember, Question, Recusal, Round
from awards.urls import plain
from festival.core.audit import Actor
from tests.factories.awards import (
    BEFORE,
    DURING,
    AnswerFactory,
    ApplicantFactory,
    AssignmentFactory,
    EntryFactory,
    JurorFactory,
    QuestionFactory,
    score,
)

pytestmark = pytest.mark.django_db
CANARY = "zanzibarre"  # stands in everything that tells who applied, and nowhere else
LOCATIONS = {
    "holder": f"Association {CANARY}",
    "city": f"{CANARY.capitalize()}-sur-Mer",
    "website": f"https://{CANARY}.example.org/",
    "video": f"https://video.example.org/{CANARY}",
    "crowdfunding_url": f"https://dons.example.org/{CANARY}",
    "crowdfunding_goal": 1000,
}


def routes():
    """Return each address of the jury by its name, with what stands in it."""
    found = [(each, {}) for each in plain if isinstance(each, URLPattern)]
    found += [
        (each, beside.pattern.converters)
        for beside in plain
        if not isinstance(beside, URLPattern)
        for each in beside.url_patterns
    ]
    return [
        (each.name, {**before, **each.pattern.converters})
        for each, before in found
        if each.name and each.name.startswith("jury")
    ]


@pytest.fixture
def jury(during):
    """A blind round at work: a juror and a chair who judges, done with their cards; others who are not."""
    chair = JurorFactory(call__slug="prix", slug="chair", is_chair=True, name="Chaire")
    call = chair.call
    Round.objects.filter(call=call).update(is_blind=True)
    seats = [chair, *(JurorFactory(call=call, slug=slug) for slug in ("juror", "late", "tied"))]
    for number in range(3):
        applicant = ApplicantFactory(email=f"{number}@{CANARY}.example.org", name=f"Jeanne {CANARY}")
        entry = EntryFactory(call=call, slug=f"e{number}", applicant=applicant, **LOCATIONS)
        EntryMember.objects.create(entry=entry, email=f"m{number}@{CANARY}.example.org", invited_at=BEFORE)
        for seat in seats[:3]:
            pair = AssignmentFactory(juror=seat, entry=entry)
            if seat.slug != "late":
                score(pair, 3, 3, comment="Bien.")
    hidden = QuestionFactory(call=call, slug="who", hidden_when_blind=True)
    AnswerFactory(entry=entry, question=hidden, value=f"Nous, {CANARY}.")
    asked = QuestionFactory(call=call, slug="plan", kind=Question.Kind.FILE)
    sha256 = hashlib.sha256(CANARY.encode()).hexdigest()
    kept = {
        "name": f"{CANARY}.pdf",
        "media_type": "application/pdf",
        "size": 9,
        "sha256": sha256,
        "file": "entries/a.pdf",
    }
    file = EntryFile.objects.create(entry=entry, question=asked, uploaded_at=BEFORE, **kept)
    file.file.storage.save("entries/a.pdf", ContentFile(f"Plan de {CANARY}.".encode()))
    ids = {"juror_id": seats[3].pk, "round_id": None, "by": None, "now": DURING}
    recuse(**ids, entry_id=entry.pk, reason=f"Je connais {CANARY}.")
    other = call.entries.get(slug="e1")
    conflict = Conflict(Recusal.Source.AUTOMATIC, Recusal.Tie.ORGANISATION)
    recuse(**ids, entry_id=other.pk, reason="", conflict=conflict)
    return call


def values(name, call):
    late = Assignment.objects.filter(juror__slug="late", entry__slug="e2").get()
    own = {"jury-chair-juror": "juror", "jury-decide": "making"}
    return {
        "call_slug": call.slug,
        "slug": own.get(name, "e2"),
        "pk": late.pk,
        "uuid": late.entry.uuid,
        "file": EntryFile.objects.get().uuid,
    }


def walked(client, call):
    """Yield what each address answers, in HTML and for a script."""
    for name, converters in routes():
        given = values(name, call)
        address = reverse(name, kwargs={part: given[part] for part in converters})
        for accept in ("text/html", "application/json"):
            response = client.get(address, headers={"Accept": accept})
            yield name, accept, response


def body_of(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode(errors="replace")


@pytest.mark.parametrize("seat", ["juror", "chair", "late"])
def test_no_address_of_the_jury_tells_who_applied(client, jury, seat):
    client.force_login(jury.jurors.get(slug=seat).user)
    opened = set()
    for name, accept, response in walked(client, jury):
        told = body_of(response) + str(dict(response.headers))
        assert CANARY not in told.casefold(), (name, accept)
        assert "même organisation" not in told, name
        if response.status_code == 200:
            opened.add(name)
    assert {"jury-home", "jury-entry", "jury-autosave"} <= opened
    if seat == "chair":
        assert {"jury-chair", "jury-chair-entry", "jury-chair-juror", "jury-ranking", "jury-log"} <= opened


def test_no_mail_to_a_juror_tells_who_applied(jury):
    late = jury.jurors.get(slug="late")
    sent = remind(juror_id=late.pk, round_id=jury.rounds.get(order=1).pk, actor=Actor.system("test"), now=DURING)
    message = build(sent)
    assert CANARY not in message.message().as_string().casefold()
    assert CANARY not in "".join(str(part) for part, *_ in getattr(message, "alternatives", ())).casefold()


def test_the_walk_finds_what_an_open_round_shows(client, jury):
    Round.objects.update(is_blind=False)
    client.force_login(jury.jurors.get(slug="chair").user)
    telling = {name for name, _, answer in walked(client, jury) if CANARY in body_of(answer).casefold()}
    assert {"jury-entry", "jury-chair", "jury-ranking", "jury-file"} <= telling
