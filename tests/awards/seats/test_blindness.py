"""In a blind round nothing that a juror can reach tells who applied: every address of the jury is walked.

The addresses come from the URLconf. One that is new is walked too, or fails for want of a value.
"""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.urls import URLPattern, reverse

from awards.ceremony.placing import lay_out
from awards.deliberation.meeting import come, open_room
from awards.jury.mail import build
from awards.jury.reminding import remind
from awards.jury.scoring import Conflict, recuse
from awards.models import Assignment, CeremonyStep, EntryFile, EntryMember, Question, Recusal, Round, Tally
from awards.results.deliberation import freeze_result
from awards.urls import plain
from festival.core.audit import Actor
from tests.factories.awards import (
    AFTER,
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
from tests.factories.ballots import ballot_round
from tests.factories.deciding import PrizeFactory

pytestmark = pytest.mark.django_db
CANARY = "zanzibarre"  # stands in everything that tells who applied, and nowhere else
LOCATIONS = {
    "holder": f"Association {CANARY}",
    "city": f"{CANARY.capitalize()}-sur-Mer",
    "website": f"https://{CANARY}.example.org/",
    "video": f"https://video.example.org/{CANARY}",
    "crowdfunding_url": f"https://dons.example.org/{CANARY}",
    "crowdfunding_goal": 1000,
    "crowdfunding_asked_on": "2027-04-28",
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
                score(pair, 2 + number, 3, comment="Bien.")
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
    PrizeFactory(call=call, slug="gold")
    lay_out(call_id=call.pk, by=chair.user, now=DURING)
    return call


def values(name, call):
    """Return what stands in an address: the rows of the jury that is walked."""
    late = Assignment.objects.filter(juror__slug="late", entry__slug="e2").get()
    slugs = {"jury-chair-juror": "juror", "jury-decide": "making", "jury-prize": "gold", "jury-prize-undo": "gold"}
    rows = {"jury-conflict": Recusal, "jury-ceremony-step": CeremonyStep}
    tally = Tally.objects.filter(round__call=call).first()
    return {
        "call_slug": call.slug,
        "slug": slugs.get(name, "e2"),
        "pk": rows[name].objects.first().pk if name in rows else late.pk,
        "order": 1,
        "number": 1,
        "uuid": tally.uuid if tally else late.entry.uuid,
        "file": EntryFile.objects.get().uuid,
        "suffix": "csv",
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
        assert {"jury-conflicts", "jury-conflict"} <= opened
        assert {"jury-chair", "jury-chair-entry", "jury-chair-juror", "jury-ranking", "jury-log"} <= opened


# What has no page of its own at any time: it takes posts only, or waits for something that is not a blind round's.
ELSEWHERE = {
    "jury": "leads to the only jury there is",
    "jury-announcement-withdraw": "a post",
    "jury-certificates": "winners that are public, with everything about them",
    "jury-decide": "an open tie",
    "jury-file": "the test of files",
    "jury-finished": "a post",
    "jury-prize-undo": "a post",
    "jury-star": "a post",
}
# What opens for the chair once the round is over. It is handed on or put on a wall, so it names nobody still.
AFTERWARDS = {"jury-dossier", "jury-feedback-round", "jury-minutes", "jury-publication", "jury-wall"}


def test_each_address_of_the_jury_is_opened_or_said_to_be_elsewhere(client, jury):
    opened = set()
    for seat in ("juror", "chair", "late"):
        client.force_login(jury.jurors.get(slug=seat).user)
        opened |= {name for name, _, answer in walked(client, jury) if answer.status_code == 200}
    assert {name for name, _ in routes()} - opened == {*ELSEWHERE, *AFTERWARDS}


@pytest.fixture
def over(jury, settings):
    """The same jury once its round is over: the result is frozen, the meeting open."""
    chair, judged = jury.jurors.get(slug="chair"), jury.rounds.get(order=1)
    settings.FESTIVAL_CLOCK = "2027-04-06T12:00"
    freeze_result(round_id=judged.pk, by=chair.user, now=AFTER, reason="Il manque des évaluations.")
    room = open_room(round_id=judged.pk, by=chair.user, now=AFTER)
    come(room_id=room.pk, juror_id=chair.pk, now=AFTER)
    return jury


@pytest.mark.parametrize("seat", ["juror", "late"])
def test_a_blind_round_that_is_over_tells_jurors_nothing_still(client, over, seat):
    client.force_login(over.jurors.get(slug=seat).user)
    opened = set()
    for name, accept, response in walked(client, over):
        assert CANARY not in body_of(response).casefold() + str(dict(response.headers)).casefold(), (name, accept)
        opened |= {name} if response.status_code == 200 else set()
    assert {"jury-home", "jury-entry", "jury-seat"} <= opened


def test_what_the_chair_hands_on_of_a_blind_round_names_nobody(client, over):
    client.force_login(over.jurors.get(slug="chair").user)
    opened = set()
    for name, _, response in walked(client, over):
        if name in AFTERWARDS and response.status_code == 200:
            opened.add(name)
            assert CANARY not in body_of(response).casefold() + str(dict(response.headers)).casefold(), name
    assert opened == AFTERWARDS


def test_of_files_a_blind_round_opens_the_version_without_names_under_no_name(client, jury):
    original = EntryFile.objects.get()
    kept = {"name": f"{CANARY}-2.pdf", "media_type": "application/pdf", "size": 9, "sha256": "0" * 64}
    clean = EntryFile.objects.create(
        entry=original.entry, question=original.question, uploaded_at=BEFORE, file="entries/b.pdf", **kept
    )
    clean.file.storage.save("entries/b.pdf", ContentFile(b"Plan."))
    EntryFile.objects.filter(pk=original.pk).update(redacted=clean)
    client.force_login(jury.jurors.get(slug="late").user)
    answer = client.get(reverse("jury-file", args=[jury.slug, "e2", clean.uuid]))
    assert (body_of(answer), answer.status_code) == ("Plan.", 200)
    assert CANARY not in str(dict(answer.headers)).casefold()
    assert client.get(reverse("jury-file", args=[jury.slug, "e2", original.uuid])).status_code == 404


@pytest.mark.parametrize(
    ("mode", "name"), [("grade", "jury-ballot"), ("rank", "jury-ballot"), ("pairwise", "jury-pairs")]
)
def test_no_ballot_of_a_blind_round_tells_who_applied(client, during, mode, name):
    judged = ballot_round(mode)
    call = judged.call
    Round.objects.filter(pk=judged.pk).update(is_blind=True)
    call.entries.update(applicant=ApplicantFactory(name=f"Jeanne {CANARY}"), **LOCATIONS)
    client.force_login(JurorFactory(call=call, is_chair=True).user)
    for address in (name, "jury-ballots", "jury-home"):
        answer = client.get(reverse(address, args=[call.slug]), follow=True)
        assert answer.status_code == 200
        assert CANARY not in body_of(answer).casefold(), address


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
