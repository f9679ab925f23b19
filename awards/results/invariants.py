"""What must always hold in the awards. `manage.py fsck` prints a line per violation."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, Subquery

from awards.models import Assignment, Call, Criterion, Recusal, ScaleLevel, Score, Scorecard, ScoreChange, Tally
from awards.results.dossier import fingerprint, from_dict
from awards.results.tally import CODE_VERSION, count, exact


def violations() -> list[str]:
    """Return one English sentence per broken rule; empty when all is well."""
    return [*_recusals(), *_marks(), *_logs(), *_cards(), *_calls(), *_frozen_results()]


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
    for card in Scorecard.objects.filter(~Exists(recused), state=Scorecard.State.VOIDED):
        yield f"Scorecard {card.pk} is void without a recusal."


def _marks() -> Iterator[str]:
    """Every mark is on the scale of its call, on a criterion of its call."""
    on_scale = ScaleLevel.objects.filter(call=OuterRef("criterion__call"), value=OuterRef("value"))
    for score in Score.objects.filter(~Exists(on_scale)):
        yield f"Score {score.pk} is not on the scale: {score.value}."
    strange = Score.objects.exclude(criterion__call=F("card__assignment__entry__call"))
    for score in strange:
        yield f"Score {score.pk} answers a criterion of another call."


def _logs() -> Iterator[str]:
    """The log's last line says what the mark is."""
    changes = ScoreChange.objects.filter(card=OuterRef("card"), criterion=OuterRef("criterion")).order_by("-pk")
    logged = Score.objects.annotate(logged=Subquery(changes.values("new_value")[:1]))
    for score in logged.filter(Q(logged__isnull=True) | ~Q(logged=F("value"))):
        yield f"Score {score.pk} is {score.value}, its log says {score.logged}."


def _cards() -> Iterator[str]:
    """A submitted card scores every criterion of its call; juror and entry belong to one call."""
    wanted = Counter(Criterion.objects.values_list("call_id", flat=True))
    given = Counter(Score.objects.values_list("card_id", flat=True))
    cards = Scorecard.objects.filter(state=Scorecard.State.SUBMITTED).values_list("pk", "assignment__entry__call_id")
    for pk, call_id in cards:
        if given[pk] != wanted[call_id]:
            yield f"Scorecard {pk} is submitted with {given[pk]} marks of {wanted[call_id]}."
    for assignment in Assignment.objects.exclude(juror__call=F("entry__call")):
        yield f"Assignment {assignment.pk} joins a juror and a project of different calls."


def _calls() -> Iterator[str]:
    """The weights of a call make 100, and entries compete in a category of their own call that takes entries."""
    weights: Counter[int] = Counter()
    for call_id, weight in Criterion.objects.values_list("call_id", "weight"):
        weights[call_id] += weight
    for call_id, total in weights.items():
        if total != 100:
            yield f"Call {call_id} has weights that make {total} instead of 100."
    wrong = ~Q(entries__category__call=F("pk")) | Q(entries__category__by_public_vote=True)
    for pk in Call.objects.filter(wrong, entries__isnull=False).values_list("pk", flat=True).distinct():
        yield f"Call {pk} has a project in a category that is not its own or takes no projects."


def _frozen_results() -> Iterator[str]:
    """A frozen result still has the hash of its input, and counting that input again gives its rows."""
    for tally in Tally.objects.prefetch_related("rows__entry"):
        if fingerprint(tally.input) != tally.input_sha256:
            yield f"Frozen result {tally.pk} no longer matches its hash."
        if tally.code_version != CODE_VERSION:
            continue  # recompute it with the version that it names
        counted = [
            (row.entry, row.cards, row.rank, row.is_finalist, row.decided_by, exact(row))
            for row in count(from_dict(tally.input)).rows
        ]
        stored = [
            (
                row.entry.slug,
                row.cards,
                row.rank,
                row.is_finalist,
                row.decided_by,
                {"score": row.score, "means": row.means},
            )
            for row in tally.rows.all()
        ]
        if counted != stored:
            yield f"Frozen result {tally.pk} is not what its input gives."
