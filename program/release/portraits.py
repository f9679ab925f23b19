"""Portraits of speakers: square renditions in three sizes, as the release carries them.

A rendition is made when an edition is released, before the transaction; what compiles only reads which there are.
"""

from collections.abc import Iterable

from django.db.models import Prefetch
from wagtail.images.models import Filter

from festival.models import Edition, FestivalImage
from program.models import Session, Speaker
from program.published.snapshot import Portrait, PortraitFile

_FILTERS = tuple(Filter(spec=f"fill-{side}x{side}|format-webp") for side in (160, 320, 640))


def with_portraits() -> Prefetch[str]:
    """Return what fetches the photographs of speakers with their renditions, for `prefetch_related`."""
    photos = FestivalImage.objects.prefetch_renditions(*_FILTERS)
    return Prefetch("session_speakers__speaker__photo", photos)


def draw_portraits(edition: Edition) -> None:
    """Make the renditions that a release of the edition needs; nobody is told where they are before it is public."""
    sessions = Session.objects.filter(edition=edition).published()
    draw_portraits_of(Speaker.objects.filter(session_speakers__session__in=sessions).distinct())


def draw_portraits_of(speakers: Iterable[Speaker]) -> None:
    """Make the renditions of these speakers' photographs that are not there yet."""
    for pk in {speaker.photo_id for speaker in speakers if speaker.photo_id}:
        FestivalImage.objects.get(pk=pk).get_renditions(*_FILTERS)


def portrait(speaker: Speaker) -> Portrait | None:
    """Return the portrait of a speaker that was fetched `with_portraits`, or None without one that is drawn."""
    if speaker.photo is None:
        return None
    found = speaker.photo.find_existing_renditions(*_FILTERS)
    files = {one.width: PortraitFile(one.url, one.width, one.height) for one in found.values()}
    if not files:
        return None
    return Portrait(speaker.photo.description, speaker.photo.credit, tuple(files[width] for width in sorted(files)))
