"""Practice lists: scans for training, which can be cleared."""

from datetime import datetime

from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from tickets.exceptions import NotForPractice
from tickets.models import Checkin, CheckinList


def clear(*, list_id: int, actor: Actor, now: datetime) -> int:
    """Delete the scans of a practice list and return how many they were.

    Raises:
        NotForPractice: If the list is a real one; its scans stay for ever.
    """
    with writing(public=False):
        checkin_list = CheckinList.objects.select_for_update().select_related("edition").get(pk=list_id)
        if not checkin_list.is_practice:
            raise NotForPractice
        scans = Checkin.objects.filter(list=checkin_list)
        count = scans.filter(undoes__isnull=False).delete()[0] + scans.delete()[0]  # what takes back goes first
        facts = {"scans": count}
        audit.record(
            "checkinlist.cleared", checkin_list, actor=actor, at=now, facts=facts, edition=checkin_list.edition
        )
    return count
