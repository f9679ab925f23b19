"""Translations that their source has left behind: its words were changed since, or it was moved elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from wagtail.models import Page
from wagtail_localize.models import Translation

_STEP = Page.steplen


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A translated page; `is_old` and `is_elsewhere` say why. `source` is the page that it was made from."""

    page: Page
    source: Page
    is_old: bool
    is_elsewhere: bool


def left_behind() -> list[LeftBehind]:
    """Return the translations whose source was published again since it was last sent to them, or hangs elsewhere."""
    rows = list(Translation.objects.filter(enabled=True).select_related("source"))
    twins = Page.objects.filter(translation_key__in={row.source.object_id for row in rows}).select_related("locale")
    pages = {(page.translation_key, page.locale_id): page for page in twins}
    parents = dict(
        Page.objects.filter(path__in={page.path[:-_STEP] for page in pages.values()}).values_list(
            "path", "translation_key"
        )
    )
    found = []
    for row in rows:
        key = row.source.object_id
        source, page = pages.get((key, row.source.locale_id)), pages.get((key, row.target_locale_id))
        if source is None or page is None:
            continue
        published = source.last_published_at
        is_old = published is not None and published > row.source.last_updated_at
        is_elsewhere = parents.get(source.path[:-_STEP]) != parents.get(page.path[:-_STEP])
        if is_old or is_elsewhere:
            found.append(LeftBehind(page, source, is_old, is_elsewhere))
    return sorted(found, key=lambda one: (one.page.locale.language_code, one.page.path))


def remarks() -> Iterator[str]:
    """Yield a sentence for each; work for editors, nothing that is broken."""
    for one in left_behind():
        why = "hangs elsewhere than its source" if one.is_elsewhere else "is older than its source"
        translation = f"{one.page.url_path} ({one.page.locale.language_code})"
        yield f"Pages: the translation {translation} {why}, {one.source.url_path}."
