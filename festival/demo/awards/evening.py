"""Loads the ceremony, and what the jury says to applicants after it."""

from datetime import datetime, timedelta

from awards.ceremony.opening import begin
from awards.ceremony.placing import Details, add, change, lay_out, move
from awards.deliberation.deciding import Choice, decide
from awards.feedback.queries import to_moderate
from awards.feedback.releasing import Shown, let_through, release
from awards.models import Call, Juror, TallyRow
from festival.models import User

BEFORE_THE_LAST = timedelta(minutes=30)
A_DAY = timedelta(days=1)
HELD_BACK = 4  # one of so many comments
MENTION = "Mention pour une idée que chaque quartier peut reprendre."


def mention(call: Call, chair: User, now: datetime) -> None:
    """Mention the project that comes behind the winner, in the first category."""
    prize = call.prizes.filter(category__by_public_vote=False).order_by("sort_order", "pk").first()
    rows = TallyRow.objects.filter(tally__round__call=call, category=prize.category if prize else None, rank=2)
    second = rows.filter(is_finalist=True).order_by("-tally__frozen_at").first()
    if prize is not None and second is not None:
        decide(prize_id=prize.pk, choice=Choice("mention", second.entry_id, MENTION), by=chair, now=now)


def arrange(call: Call, chair: User, now: datetime) -> None:
    """Put the prizes in the order of the evening, each handed over by somebody of the jury, with music around them."""
    jurors = [juror.name for juror in Juror.objects.filter(call=call).order_by("sort_name")]
    lay_out(call_id=call.pk, by=chair, now=now)
    for place, step in enumerate(call.ceremony_steps.order_by("place")):
        said = Details(presenter=jurors[place % len(jurors)], names_finalists=step.names_finalists)
        change(step_id=step.pk, details=said, by=chair, now=now)
    welcome = add(call_id=call.pk, details=Details("Accueil en musique", note="Salle dans le noir."), by=chair, now=now)
    for _step in range(call.ceremony_steps.count()):
        move(step_id=welcome.pk, up=True)
    add(call_id=call.pk, details=Details("La photo de toutes les équipes"), by=chair, now=now)


def hold(call: Call, chair: User, at: datetime) -> None:
    """Begin the ceremony half an hour before everybody knows, `at`, and release the feedback the day after."""
    begin(call_id=call.pk, by=chair, now=at - BEFORE_THE_LAST)
    for judged in call.rounds.of_jurors().filter(tallies__isnull=False).distinct():
        for place, written in enumerate(to_moderate(judged)):
            if place % HELD_BACK:
                let_through(card_id=written.card.pk, text=written.typed, by=chair, now=at)
        release(round_id=judged.pk, shown=Shown(place=True), by=chair, now=at + A_DAY)
