"""Places that a code keeps back: the only statements that move what is kept, beside counting anew.

What a code keeps of a quota is its number of places less those that were had with it; whoever has the code draws on
that first. So it follows from the uses alone, and comes back exactly as often as they do.

Rows of what is kept are changed before the quotas, in id order, and those before the codes, so that no two transactions
wait crosswise.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import F

from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import require_transaction, writing
from tickets.catalogue import stock
from tickets.models import OrderLine, Quota, Reserve

type Uses = Mapping[int, Collection[OrderLine]]  # the lines that use a code, by its primary key


def open_up(uses: Uses, places: Mapping[int, int]) -> None:
    """Open what codes keep back for their own uses, as far as it goes, before `places` are taken of the quotas.

    From here on everybody else waits for these quotas, so that nobody else gets what was opened. The lines are stored.
    """
    moved = _use(uses, 1)
    for quota_id in sorted(places if moved else ()):
        Quota.objects.filter(pk=quota_id).update(reserved=F("reserved") - moved[quota_id])


def give_up(uses: Uses) -> Counter[int]:
    """Note that codes are not used by these lines any more; return how many places are kept again, by quota.

    Before the places go back to the quotas; afterwards, `keep` keeps them.
    """
    return Counter({quota_id: -count for quota_id, count in _use(uses, -1).items()})


def keep(kept: Mapping[int, int]) -> None:
    """Keep places of quotas back that came back just before."""
    for quota_id, count in sorted(kept.items()):
        Quota.objects.filter(pk=quota_id).update(reserved=F("reserved") + count)


def let_go(now: datetime) -> int:
    """Give everybody what codes keep that are over; return how many places. Runs in `tick`."""
    over = Reserve.objects.filter(ended_at=None, voucher__valid_until__lte=now)
    return sum(_end(reserve, now) for reserve in over.select_related("voucher__edition").order_by("pk"))


def _end(reserve: Reserve, now: datetime) -> int:
    with writing(public=False):
        if not Reserve.objects.filter(pk=reserve.pk, ended_at=None).update(ended_at=now):
            return 0
        reserve.refresh_from_db(fields=["used", "places"])
        left = reserve.unused
        Quota.objects.filter(pk=reserve.quota_id).update(reserved=F("reserved") - left)
        code = reserve.voucher
        facts: dict[str, audit.Fact] = {"places": left, "quota": reserve.quota_id}
        audit.record("voucher.let_go", code, actor=Actor.system("tick"), at=now, facts=facts, edition=code.edition)
        return left


def _use(uses: Uses, step: int) -> Counter[int]:
    """Count uses, each `step` (1 or -1); return how many places are kept less than before, by quota."""
    require_transaction("What a code keeps is used")
    moved: Counter[int] = Counter()
    rows = Reserve.objects.filter(voucher__in=list(uses)).order_by("pk") if uses else ()
    drawn = {pk: stock.draws(uses[pk]) for pk in {row.voucher_id for row in rows}}
    for row in rows:
        if count := drawn[row.voucher_id][row.quota_id]:
            Reserve.objects.filter(pk=row.pk).update(used=F("used") + step * count)
            row.refresh_from_db()  # as it is now that nobody else changes it
            left = row.left
            row.used -= step * count
            moved[row.quota_id] += row.left - left
    return moved
