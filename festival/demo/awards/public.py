"""Loads the public's vote: as many ballots as it takes to show the numbers of the file, and their count."""

from typing import Any

from awards.models import Call, Entry
from awards.voting.casting import Cast, cast_at_once
from awards.voting.closing import freeze_vote
from awards.voting.queries import voter_key
from festival.core.audit import IMPORTER
from festival.importing.faults import moment

BALLOTS = 120
COUNTED_AT = "2027-05-05T09:00:00"  # the morning after the vote
BEST = 4
OTHERS = (3, 2, 3, 1, 2, 3, 0)  # what those give in turn who do not give the best grade
LIKED = 0.6  # of the ballots give the project with the highest number the best grade


def load(call: Call, awards: dict[str, Any], entries: dict[str, Entry]) -> None:
    """Cast and count the ballots once; the number of best grades follows the number of each project in the file."""
    judged = call.rounds.get(order=2)
    if judged.tallies.exists():
        return
    counts = awards["public_vote"]["sample_counts"]
    ballots = _ballots({str(entries[slug].uuid): count for slug, count in counts.items()})
    every = (judged.closes - judged.opens) / BALLOTS
    for number, grades in enumerate(ballots):
        cast = Cast(voter=voter_key(judged, f"demo {number}"), grades=grades, domain="example.org")
        cast_at_once(round_id=judged.pk, cast=cast, now=judged.opens + number * every)
    freeze_vote(round_id=judged.pk, by=None, now=moment(COUNTED_AT, "COUNTED_AT"), actor=IMPORTER)


def _ballots(counts: dict[str, int]) -> list[dict[str, int]]:
    """Return ballots that each leave out every fifth project; best grades are spread over them."""
    ballots: list[dict[str, int]] = [{} for _ in range(BALLOTS)]
    most = max(counts.values())
    for place, (uuid, count) in enumerate(sorted(counts.items())):
        liked = round(BALLOTS * LIKED * count / most)
        for number in range(BALLOTS):
            voter = (number * 7 + place * 11) % BALLOTS
            if number < liked:
                ballots[voter][uuid] = BEST
            elif (number + place) % 5:
                ballots[voter][uuid] = OTHERS[(number + place) % len(OTHERS)]
    return ballots
