"""Background work: answering whoever looks for their tickets."""

from django.tasks import task

from festival.time import clock
from tickets.retrieval import delivery


@task(backend="outbox")
def answer_search(search_pk: int) -> None:
    """Answer one search; one that was answered is gone, so a repeated task does nothing."""
    delivery.answer(search_pk, now=clock.now())
