"""Rounds without weighted marks for tests: a call, its projects and jurors; ballots are cast by the real action."""

from awards.ballots.casting import answer_pair, cast_ballot
from awards.jury.scoring import recuse
from awards.models import Entry, Round
from tests.factories.awards import DURING, CallFactory, EntryFactory, JurorFactory, RoundFactory, at


def ballot_round(mode, *, call=None, projects=3, **changes):
    """An open round of that mode with projects a, b, c and so on."""
    call = call or CallFactory(slug="prix")
    for number in range(projects):
        EntryFactory(call=call, slug="abcdefgh"[number])
    fields = {"order": 2, "kind": Round.Kind.FINAL, "opens": at("2027-03-15T09:00"), "announced_at": None}
    return RoundFactory(call=call, mode=mode, **fields | changes)


def project(judged, slug):
    return Entry.objects.get(call=judged.call_id, slug=slug)


def vote(judged, juror=None, *, submit=True, version=0, now=DURING, choices=range(9), **values):
    """Cast a ballot: the projects by name with what they get."""
    juror = juror or JurorFactory(call=judged.call)
    given = {project(judged, slug).pk: value for slug, value in values.items()}
    known = {"round_id": judged.pk, "juror_id": juror.pk, "by": juror.user, "now": now}
    return cast_ballot(**known, version=version, values=given, choices=choices, submit=submit)


def prefer(judged, juror, winner, loser, *, now=DURING, is_skipped=False):
    """Answer about a pair, or skip it."""
    pair = (project(judged, winner).pk, project(judged, loser).pk)
    known = {"round_id": judged.pk, "juror_id": juror.pk, "by": juror.user, "now": now}
    return answer_pair(**known, pair=pair, winner=None if is_skipped else pair[0])


def step_back(judged, juror, slug):
    """The juror steps back from a project."""
    pair = {"juror_id": juror.pk, "entry_id": project(judged, slug).pk, "round_id": judged.pk}
    recuse(**pair, reason="Je la connais.", by=None, now=DURING)
