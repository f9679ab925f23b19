"""What must always be true of questions and answers; `manage.py fsck` and every test ask this. No answer is printed."""

from collections.abc import Iterator

from django.db.models import F, Q, QuerySet

from tickets.models import Answer, Question, SentFile
from tickets.questions import queries, rules


def violations() -> list[str]:
    """Return a sentence for every broken rule, none when all is well."""
    return [line for check in CHECKS for line in check()]


def _astray() -> QuerySet[Answer]:
    """Return the answers that stand on another page than their line: its order's, or its ticket's."""
    here = Q(line__order=F("order")) | Q(line__ticket__order=F("order")) | Q(line__booked_with__order=F("order"))
    return Answer.objects.exclude(line=None).exclude(pk__in=Answer.objects.filter(here).values("pk"))


def _strangers() -> Iterator[str]:
    """An answer belongs to one order and one edition."""
    for pk in _astray().values_list("pk", flat=True):
        yield f"Answer {pk} is of a line of another order."
    for pk in Answer.objects.exclude(question__edition=F("order__edition")).values_list("pk", flat=True):
        yield f"Answer {pk} is to a question of another edition."
    for subject, is_of_order in ((Question.Subject.ORDER, False), (Question.Subject.PLACE, True)):
        wrong = Answer.objects.filter(question__subject=subject, line__isnull=is_of_order)
        for pk in wrong.values_list("pk", flat=True):
            yield f"Answer {pk} does not belong to what its question asks of."
    linked = Question.products.through.objects.exclude(product__edition=F("question__edition"))
    for pk in linked.values_list("question", flat=True):
        yield f"Question {pk} is asked for a product of another edition."


def _unknown_options() -> Iterator[str]:
    kinds = (Question.Kind.CHOICE, Question.Kind.CHOICES)
    for question in Question.objects.filter(kind__in=kinds).prefetch_related("options"):
        known = {option.slug for option in question.options.all()}
        for pk, value in question.answers.values_list("pk", "value"):
            if not set(rules.parts(value)) <= known:
                yield f"Answer {pk} names an option that question {question.pk} does not have."


def _circles() -> Iterator[str]:
    parents = dict(Question.objects.values_list("pk", "depends_on"))
    for pk, parent in parents.items():
        if pk in rules.ancestors(parent, parents):
            yield f"Question {pk} is asked only after itself."


def _never_asked() -> Iterator[str]:
    """A question that follows another one waits for an answer that can be given."""
    for question in Question.objects.exclude(depends_on=None).select_related("depends_on"):
        if not set(question.depends_values) <= queries.possible_answers(question.depends_on):
            yield f"Question {question.pk} waits for an answer that question {question.depends_on_id} does not have."


def _files() -> Iterator[str]:
    """An answer that is a file has it, and no other answer has one."""
    files = Answer.objects.filter(question__kind=Question.Kind.FILE)
    for pk, key, value in files.values_list("pk", "file__key", "value"):
        if key is None or key.hex != rules.file_key(value):
            yield f"Answer {pk} is a file, and does not have it."
    for pk in SentFile.objects.exclude(answer=None).exclude(answer__in=files).values_list("pk", flat=True):
        yield f"File {pk} belongs to an answer that is no file."


# Each is a check of its own, which hangs on nothing that another one found.
CHECKS = (_strangers, _unknown_options, _circles, _never_asked, _files)
