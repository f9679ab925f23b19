"""Describes the tree of pages of the demonstration; their blocks come from `page_bodies`, their facts from the file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from festival.demo import page_bodies as bodies
from festival.demo.page_parts import split_first_sentence
from festival.demo.texts import Both, both, paragraphs
from festival.importing.faults import Fault, moment, required, rows, translated
from festival.models import HomePage, NewsIndexPage, NewsPage, SectionPage, StandardPage

Body = Sequence[tuple[str, Any]]


@dataclass
class Leaf:
    """One page: its type, its texts in both languages, its facts, its blocks, its children."""

    key: str
    model: type[Page]
    texts: dict[str, Both]
    facts: dict[str, Any] = field(default_factory=dict)
    body: Body = ()
    children: list["Leaf"] = field(default_factory=list)
    is_live: bool = True


def tree(data: dict[str, Any], *, poster: int) -> Leaf:
    """Return the home page with everything below it; `poster` is the id of the drawn picture."""
    edition = data["edition"]
    return Leaf(
        "home",
        HomePage,
        _texts(Both("fr", "en"), both(edition["theme"]), both(edition["tagline"]), both(edition["summary"]))
        | {"seo_title": both(edition["name"])},
        body=bodies.home(data),
        children=[*_sections(data), _practical(data), _news(data), *_plain_pages(data, poster)],
    )


def _texts(slug: Both, title: Both, intro: Both, description: Both | None = None) -> dict[str, Both]:
    """Return the texts that every page has; the title of the tree is the title of the page."""
    return {"slug": slug, "title": title, "intro": intro, "search_description": description or intro}


def _sections(data: dict[str, Any]) -> list[Leaf]:
    slugs = {"village": Both("village", "village"), "fest": Both("fest", "fest"), "prix": Both("prix", "awards")}
    titles = {"village": Both("Village", "Village"), "fest": Both("Fest", "Fest"), "prix": Both("Prix", "Awards")}
    builders = {"village": bodies.village, "fest": bodies.fest, "prix": bodies.prix}
    leaves = []
    for path, section in rows(data, "sections"):
        slug = required(section, "id", path)
        if slug not in slugs:
            raise Fault(f"{path}.id", f"{slug!r} is not a part of the week")
        translated(section, "summary", path)
        leaves.append(
            Leaf(
                slug,
                SectionPage,
                _texts(slugs[slug], titles[slug], both(section["summary"])),
                {"section_slug": slug, "show_in_menus": True},
                builders[slug](data),
                [_rules(data)] if slug == "prix" else [],
            )
        )
    return leaves


def _rules(data: dict[str, Any]) -> Leaf:
    intro = Both(
        "Qui peut candidater, qui lit, comment on note, ce qui départage.",
        "Who may enter, who reads, how it is scored, what breaks a tie.",
    )
    title = Both("Règlement des Prix", "Rules of the Awards")
    return Leaf("rules", StandardPage, _texts(Both("reglement", "rules"), title, intro), body=bodies.rules(data))


def _practical(data: dict[str, Any]) -> Leaf:
    intro = Both(
        "Venir, entrer, se reposer, manger, demander de l’aide : l’essentiel avant de partir.",
        "Getting here, getting in, resting, eating, asking for help: the essentials before you set off.",
    )
    return Leaf(
        "practical",
        StandardPage,
        _texts(
            Both("infos-pratiques", "practical-information"), Both("Infos pratiques", "Practical information"), intro
        ),
        {"show_in_menus": True},
        bodies.practical(data),
    )


def _news(data: dict[str, Any]) -> Leaf:
    intro = Both(
        "Ce qui change, ce qui s’ouvre, ce qui est annulé : daté et signé.",
        "What changes, what opens, what is cancelled: dated and signed.",
    )
    names = {speaker["id"]: speaker["name"] for _path, speaker in rows(data, "speakers")}
    posts = []
    for path, post in rows(data, "posts"):
        title, text = translated(post, "title", path), translated(post, "body", path)
        if post["author"] not in names:
            raise Fault(f"{path}.author", f"{post['author']!r} is not a speaker")
        posts.append(
            Leaf(
                f"news/{post['id']}",
                NewsPage,
                _texts(
                    NEWS_SLUGS.get(post["id"], Both(post["id"], post["id"])),
                    both(title["title"]),
                    both(text["body"]),
                ),
                {"published_at": moment(post["published"], f"{path}.published"), "author": names[post["author"]]},
                bodies.NEWS_BODIES.get(post["id"], ()),
                is_live=post["status"] == "published",
            )
        )
    return Leaf(
        "news", NewsIndexPage, _texts(Both("actualites", "news"), Both("Actualités", "News"), intro), children=posts
    )


NEWS_SLUGS = {
    "programme-en-ligne": Both("programme-en-ligne", "programme-online"),
    "douze-finalistes": Both("douze-finalistes", "twelve-finalists"),
    "microcredit-annule": Both("microcredit-annule", "microcredit-cancelled"),
    "bilan": Both("merci-et-bravo", "thank-you"),
}
PLAIN_SLUGS = {
    "a-propos": Both("a-propos", "about"),
    "code-de-conduite": Both("code-de-conduite", "code-of-conduct"),
    "mentions-legales": Both("mentions-legales", "legal-notice"),
    "cgv": Both("cgv", "terms-of-sale"),
    "confidentialite": Both("confidentialite", "privacy"),
    "accessibilite": Both("accessibilite", "accessibility"),
}


def _plain_pages(data: dict[str, Any], poster: int) -> list[Leaf]:
    leaves = []
    for path, page in rows(data, "pages"):
        key = required(page, "id", path)
        title, text = translated(page, "title", path), translated(page, "body", path)
        first, rest = split_first_sentence(both(text["body"]))
        body: list[tuple[str, Any]] = [("text", paragraphs(rest))] if rest else []
        leaves.append(
            Leaf(
                key,
                StandardPage,
                _texts(PLAIN_SLUGS.get(key, Both(key, key)), both(title["title"]), first),
                {"in_footer": True},
                [*body, *bodies.extras(key, data, poster)],
            )
        )
    return leaves
