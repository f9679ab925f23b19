"""What must always hold in what a jury decided. `manage.py fsck` prints a line per violation."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from awards.models import Announcement, AnnouncementLetter, Decision, Motion, MotionBallot, Presence, Prize


def violations() -> list[str]:
    """Return one English sentence per broken rule; empty when all is well."""
    return [line for check in CHECKS for line in check()]


def _calls() -> Iterator[str]:
    """A decision joins prize, project and result of one call; presences and letters are of their own call."""
    call = F("prize__call")
    strange = Decision.objects.filter(
        (Q(entry__isnull=False) & ~Q(entry__call=call)) | (Q(tally__isnull=False) & ~Q(tally__round__call=call))
    )
    for decision in strange:
        yield f"Decision {decision.pk} joins rows of different calls."
    for prize in Prize.objects.filter(category__isnull=False).exclude(category__call=F("call")):
        yield f"Prize {prize.pk} is of a category of another call."
    for presence in Presence.objects.exclude(juror__call=F("deliberation__round__call")):
        yield f"Presence {presence.pk} is of a juror of another jury."
    for letter in AnnouncementLetter.objects.exclude(entry__call=F("announcement__call")):
        yield f"Letter {letter.pk} is about a project of another call."


def _winners() -> Iterator[str]:
    """A prize has no more winners than it may have, and none beside a decision for nobody."""
    standing = Q(decisions__replaced_by__isnull=True)
    won = Count("decisions", filter=standing & Q(decisions__kind=Decision.Kind.WINNER))
    nobody = Count("decisions", filter=standing & Q(decisions__kind=Decision.Kind.NOT_AWARDED))
    for prize in Prize.objects.annotate(won=won, nobody=nobody).filter(
        Q(won__gt=F("winners")) | Q(nobody__gt=1) | Q(won__gt=0, nobody__gt=0)
    ):
        yield f"Prize {prize.pk} has {prize.won} winners and {prize.nobody} decisions for nobody."
    for decision in Decision.objects.filter(replaces__isnull=False).exclude(replaces__prize=F("prize")):
        yield f"Decision {decision.pk} replaces one about another prize."


def _motions() -> Iterator[str]:
    """A closed motion's counts are those of its ballots; a secret ballot names nobody, an open one everybody."""
    counted = {
        name: Count("ballots", filter=Q(ballots__choice=choice))
        for name, choice in (("yes", "for"), ("no", "against"), ("neither", "abstain"))
    }
    closed = Motion.objects.filter(closed_at__isnull=False).annotate(**counted)
    wrong = ~Q(votes_for=F("yes"), votes_against=F("no"), abstentions=F("neither"))
    for motion in closed.filter(wrong):
        yield f"Motion {motion.pk} does not have the counts of its ballots."
    voters = Motion.objects.annotate(cast=Count("ballots", distinct=True), came=Count("voters", distinct=True)).exclude(
        cast=F("came")
    )
    for motion in voters:
        yield f"Motion {motion.pk} has {motion.cast} ballots of {motion.came} voters."
    named = Q(motion__is_secret=True, juror__isnull=False) | Q(motion__is_secret=False, juror__isnull=True)
    for ballot in MotionBallot.objects.filter(named):
        yield f"A ballot on motion {ballot.motion_id} says too much or too little of who cast it."


def _announcements() -> Iterator[str]:
    """An announcement that was told has a letter for each project that it names."""
    for announcement in Announcement.objects.filter(told_at__isnull=False):
        told = announcement.letters.values("entry")
        if announcement.decisions.filter(entry__isnull=False).exclude(entry__in=told).exists():
            yield f"Announcement {announcement.pk} names a project that was not told."


CHECKS = (_calls, _winners, _motions, _announcements)
