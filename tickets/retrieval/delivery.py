"""Answering a search: mails to the addresses whose orders were found, to nobody else."""

from datetime import datetime

from festival.core import audit, outbox
from festival.core.audit import Actor
from festival.core.writing import writing
from tickets.models import TicketSearch
from tickets.retrieval import queries
from tickets.retrieval.links import FOUND_MAIL

MOST_MAILS = 5  # spellings of one mailbox that one search writes to, the last used first


def answer(search_pk: int, *, now: datetime) -> None:
    """Queue the mail that lists the orders of the address that was searched for, and forget the search.

    Orders of the same mailbox under another spelling (`name+fest@…`) are found too, but each spelling is told of its
    own alone: a mail server may take two of them for two people. An unknown address gets no mail.
    """
    with writing(public=False):
        search = TicketSearch.objects.select_for_update().filter(pk=search_pk).first()
        if search is None:
            return
        search.delete()
        for one in queries.spellings(search.email)[:MOST_MAILS]:
            order = one.order
            outbox.queue(FOUND_MAIL, to=one.email, language=one.language, fact=order, now=now, edition=order.edition)
            audit.record("order.searched", order, actor=Actor("visitor"), at=now, edition=order.edition)
