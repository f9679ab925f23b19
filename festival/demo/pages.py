"""Loads the pages: the French tree, and its English twins through wagtail-localize.

Pages are found again by a stable translation key, blocks by stable ids. What has not changed is not touched.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import override
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from festival.demo import pictures
from festival.demo.page_tree import Leaf, tree
from festival.demo.texts import Memory, PageRef, in_language
from festival.importing.faults import Fault
from festival.models import HomePage
from festival.pages import publishing

NAMESPACE = UUID("6f0d3c52-7d0f-4a52-9a54-6f5c1a1f9b27")


def load(data: dict[str, Any], report: Callable[[str], None]) -> None:
    """Create or update every page of the demonstration in French and in English."""
    french, english = (Locale.objects.get_or_create(language_code=code)[0] for code in ("fr", "en"))
    loader = PageLoader(french, english)
    # Each page is saved several times on its way; where it is used is recorded once, at the end.
    with override("fr"), disable_reference_index_auto_update(), transaction.atomic():
        home = tree(data, poster=pictures.poster().pk)
        leaves = list(_walk(home, "pages", None))
        for leaf, parent, _path in leaves:
            loader.plant(leaf, parent)
        written = sum(loader.write(leaf, path) for leaf, _parent, path in leaves)
        publishing.make_root(HomePage.objects.get(pk=loader.pks[home.key]))
    report(f"{len(leaves)} pages in two languages, {written} written")


def _walk(leaf: Leaf, path: str, parent: Leaf | None) -> Iterator[tuple[Leaf, Leaf | None, str]]:
    here = f"{path}.{leaf.key}"
    yield leaf, parent, here
    for child in leaf.children:
        yield from _walk(child, here, leaf)


@dataclass
class PageLoader:
    """Writes described pages; knows the French page of every key."""

    french: Locale
    english: Locale
    pks: dict[str, int] = field(default_factory=dict)

    def plant(self, leaf: Leaf, parent: Leaf | None) -> None:
        """Make sure that the French page exists, so that others can point to it."""
        page = self._find(leaf, self.french)
        if page is None:
            page = leaf.model(translation_key=uuid5(NAMESPACE, leaf.key), locale=self.french, live=False)
            self._put_texts(page, leaf)
            above = Page.objects.get(pk=self.pks[parent.key]) if parent else Page.get_first_root_node()
            above.add_child(instance=page)
        self.pks[leaf.key] = page.pk

    def write(self, leaf: Leaf, path: str) -> bool:
        """Bring a page and its twin up to date; return whether anything had to be written."""
        page, twin = self._find(leaf, self.french), self._find(leaf, self.english)
        if twin and self._is_up_to_date(page, leaf, "fr", path) and self._is_up_to_date(twin, leaf, "en", path):
            return False
        self._put_texts(page, leaf)
        page.body = self._body(leaf, "fr", path)
        _publish(page, leaf)
        source, _created = TranslationSource.update_or_create_from_instance(page)
        Translation.objects.update_or_create(source=source, target_locale=self.english, defaults={"enabled": True})
        self._fill_memory(source, Memory([*leaf.texts.values(), leaf.body], path))
        twin, _created = source.create_or_update_translation(self.english, publish=False)
        _publish(twin.specific, leaf)
        twin = self._find(leaf, self.english)
        if not self._is_up_to_date(twin, leaf, "en", path):
            raise Fault(path, "the English page did not come out as the file says")
        for written in (page, twin):
            ReferenceIndex.create_or_update_for_object(written)
        return True

    def _find(self, leaf: Leaf, locale: Locale) -> Any:
        return leaf.model.objects.filter(translation_key=uuid5(NAMESPACE, leaf.key), locale=locale).first()

    def _put_texts(self, page: Any, leaf: Leaf) -> None:
        for name, value in (in_language(leaf.texts, "fr") | leaf.facts).items():
            setattr(page, name, value)

    def _fill_memory(self, source: TranslationSource, memory: Memory) -> None:
        for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=self.english,
                context=segment.context,
                defaults={
                    "data": memory.translate(segment.string.data),
                    "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                },
            )

    def _is_up_to_date(self, page: Any, leaf: Leaf, language: str, path: str) -> bool:
        wanted = in_language(leaf.texts, language) | leaf.facts | {"live": leaf.is_live}
        body = self._body(leaf, language, path)
        return all(getattr(page, name) == value for name, value in wanted.items()) and (
            _canonical(page.body) == _canonical(body)
        )

    def _body(self, leaf: Leaf, language: str, path: str) -> Any:
        """Return the body in `language` as a checked StreamField value, with ids that stay the same at every load."""
        body = leaf.model._meta.get_field("body")
        raw = []
        for index, (kind, value) in enumerate(leaf.body):
            if kind not in body.stream_block.child_blocks:
                raise Fault(f"{path}.body[{index}]", f"there is no block {kind!r}")
            here = f"{leaf.key}/{index}"
            raw.append({"type": kind, "value": self._stored(in_language(value, language), here), "id": _id(here)})
        value = body.to_python(raw)
        try:
            body.stream_block.clean(value)
        except ValidationError as error:
            raise Fault(f"{path}.body", f"{getattr(error, 'block_errors', error)}") from error
        return value

    def _stored(self, value: Any, here: str) -> Any:
        """Return `value` as StreamField stores it: list items with ids, pages as numbers."""
        match value:
            case PageRef():
                return self.pks[value.key]
            case list():
                items = [(f"{here}/{index}", item) for index, item in enumerate(value)]
                return [{"type": "item", "value": self._stored(item, at), "id": _id(at)} for at, item in items]
            case dict():
                return {key: self._stored(item, f"{here}/{key}") for key, item in value.items()}
        return value


def _id(path: str) -> str:
    return str(uuid5(NAMESPACE, path))


def _publish(page: Any, leaf: Leaf) -> None:
    revision = page.save_revision()
    if leaf.is_live:
        revision.publish()
    else:
        page.save()


def _canonical(body: Any) -> list[Any]:
    """Return the stored form of a body with every default written out."""
    for block in body:
        _ = block.value  # a value that was never looked at is stored as it came
    return list(body.get_prep_value())
