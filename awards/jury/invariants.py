"""What must always hold in the jury's books. `manage.py fsck` prints a line per violation."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, Subquery

from awards.models import Assignment, Criterion, Entry, Recusal, Round, ScaleLevel, Score, Scorecard, ScoreChange


def violations() -> list[str]:
    """Return one English sentence per broken rule; empty when all is well."""
    return [line for check in CHECKS for line in check()]


def _calls() -> Iterator[str]:
    """Weights make 100; what belongs together is of one call; a round follows an earlier one."""
    weights: Counter[int] = Counter()
    for rubric_id, weight in Criterion.objects.values_list("rubric_id", "weight"):
        weights[rubric_id] += weight
    for rubric_id, total in weights.items():
        if total != 100:
            yield f"Rubric {rubric_id} has weights that make {total} instead of 100."
    for entry in Entry.objects.filter(~Q(category__call=F("call")) | Q(category__by_public_vote=True)):
        yield f"Project {entry.pk} is in a category that is not its call's or takes no projects."
    for judged in Round.objects.filter(rubric__isnull=False).exclude(rubric__call=F("call")):
        yield f"Round {judged.pk} has a rubric of another call."
    follows = Q(follows__call=F("call"), follows__order__lt=F("order"))
    for judged in Round.objects.filter(~follows, follows__isnull=False):
        yield f"Round {judged.pk} does not follow an earlier round of its call."
    for assignment in Assignment.objects.exclude(juror__call=F("round__call"), entry__call=F("round__call")):
        yield f"Assignment {assignment.pk} joins a juror, a project and a round of different calls."


def _recusals() -> Iterator[str]:
    """No card of a recused pair counts, and a pair is closed exactly when there is a recusal."""
    stepped_back = Exists(Recusal.objects.filter(juror=OuterRef("juror"), entry=OuterRef("entry")))
    for assignment in Assignment.objects.filter(stepped_back).exclude(state=Assignment.State.RECUSED):
        yield f"Assignment {assignment.pk} is open although its juror stepped back."
    for assignment in Assignment.objects.filter(~stepped_back, state=Assignment.State.RECUSED):
        yield f"Assignment {assignment.pk} is closed without a recusal."
    counting = Scorecard.objects.filter(state=Scorecard.State.SUBMITTED)
    recused = Recusal.objects.filter(juror=OuterRef("assignment__juror"), entry=OuterRef("assignment__entry"))
    for card in counting.filter(Exists(recused)):
        yield f"Scorecard {card.pk} counts although its juror stepped back."
    given_away = Q(assignment__state=Assignment.State.REASSIGNED)
    for card in Scorecard.objects.filter(~Exists(recused), ~given_away, state=Scorecard.State.VOIDED):
        yield f"Scorecard {card.pk} is void without a recusal."
    for card in Scorecard.objects.filter(given_away).exclude(state=Scorecard.State.VOIDED):
        yield f"Scorecard {card.pk} is not void although its project was given to another juror."


def _marks() -> Iterator[str]:
    """Every mark is on the scale of its rubric, on a criterion of its round's rubric."""
    on_scale = ScaleLevel.objects.filter(rubric=OuterRef("criterion__rubric"), value=OuterRef("value"))
    for score in Score.objects.filter(~Exists(on_scale)):
        yield f"Score {score.pk} is not on the scale: {score.value}."
    strange = Score.objects.exclude(criterion__rubric=F("card__assignment__round__rubric"))
    for score in strange:
        yield f"Score {score.pk} answers a criterion of another rubric."


def _logs() -> Iterator[str]:
    """The log's last line says what the mark is."""
    changes = ScoreChange.objects.filter(card=OuterRef("card"), criterion=OuterRef("criterion")).order_by("-pk")
    logged = Score.objects.annotate(logged=Subquery(changes.values("new_value")[:1]))
    for score in logged.filter(Q(logged__isnull=True) | ~Q(logged=F("value"))):
        yield f"Score {score.pk} is {score.value}, its log says {score.logged}."


def _cards() -> Iterator[str]:
    """A submitted card scores every criterion of its round's rubric that has a weight."""
    wanted = Counter(Criterion.objects.filter(weight__gte=1).values_list("rubric_id", flat=True))
    given = Counter(Score.objects.filter(criterion__weight__gte=1).values_list("card_id", flat=True))
    cards = Scorecard.objects.filter(state=Scorecard.State.SUBMITTED)
    for pk, rubric_id in cards.values_list("pk", "assignment__round__rubric_id"):
        if given[pk] != wanted[rubric_id]:
            yield f"Scorecard {pk} is submitted with {given[pk]} marks of {wanted[rubric_id]}."


# Each is a check of its own, which hangs on nothing that another one found.
CHECKS = (_calls, _recusals, _marks, _logs, _cards)
