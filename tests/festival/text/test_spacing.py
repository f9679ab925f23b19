"""Spaces and apostrophes of what organisers type."""

import re

import pytest
from hypothesis import given, strategies as st
from lxml import html as trees

from festival.text.spacing import printed

NB, NN = "\xa0", "\u202f"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            "<p>Le quai : un lieu ; des gens ! Et vous ?</p>",
            f"<p>Le quai{NB}: un lieu{NN}; des gens{NN}! Et vous{NN}?</p>",
        ),
        ("<p>Il dit « oui » et part</p>", f"<p>Il dit «{NB}oui{NB}» et part</p>"),
        ("<p>Qui l'a, l&#x27;a ; l&#39;autre aussi</p>", f"<p>Qui l’a, l’a{NN}; l’autre aussi</p>"),
        ("<p>The Couriers' Code, a 'word' here</p>", "<p>The Couriers’ Code, a 'word' here</p>"),
        ("<p>« Qui ? »</p>", f"<p>«{NB}Qui{NN}?{NB}»</p>"),
        ("<p>Déjà bien\xa0: oui</p>", "<p>Déjà bien\xa0: oui</p>"),
        ("<p>(quoi ?)</p>", f"<p>(quoi{NN}?)</p>"),
        ("<b>Tarif</b> : rien", f"<b>Tarif</b>{NB}: rien"),
        ("<p><b>Tarif </b>: <a href='/x'>ici</a> !</p>", f"<p><b>Tarif{NB}</b>: <a href='/x'>ici</a>{NN}!</p>"),
        ("<p>« <i>Le quai</i> »<b> ;</b> oui</p>", f"<p>«{NB}<i>Le quai</i>{NB}»<b>{NN};</b> oui</p>"),
        ("<p>« Oui »: quoi ?!</p>", f"<p>«{NB}Oui{NB}»: quoi{NN}?!</p>"),
        ("<p>L'<i>an</i>, l<b>'</b>autre</p>", "<p>L’<i>an</i>, l<b>’</b>autre</p>"),
        ("<ul><li>Un</li> <li>: deux</li></ul>", "<ul><li>Un</li> <li>: deux</li></ul>"),
        ("<p>Un<br> : deux</p>", "<p>Un<br> : deux</p>"),
        ("<p>12 €, 12,50 €, 3 k€, 5 %, 20 °C</p>", f"<p>12{NB}€, 12,50{NB}€, 3{NB}k€, 5{NB}%, 20{NB}°C</p>"),
        ("<p><b>12</b> <i>€</i></p>", f"<p><b>12</b>{NB}<i>€</i></p>"),
        ("<p>De 15 h 30 à 17 h, 90 min</p>", f"<p>De 15{NB}h{NB}30 à 17{NB}h, 90{NB}min</p>"),
        ("<p>5 000 places, 12 500 000 €</p>", f"<p>5{NN}000{NB}places, 12{NN}500{NN}000{NB}€</p>"),
        (f"<p>1{NN}000 000 d'euros</p>", f"<p>1{NN}000{NN}000 d’euros</p>"),
        ("<p>Salle n° 5, N° 12, nº 3, § 4</p>", f"<p>Salle n°{NB}5, N°{NB}12, nº{NB}3, §{NB}4</p>"),
        ("<p>Le 12 juin, 1<sup>er</sup> mai, 1er mai</p>", f"<p>Le 12{NB}juin, 1<sup>er</sup>{NB}mai, 1er{NB}mai</p>"),
        ("<p>Tél. 06 12 34 56 78, 0 800 123 456</p>", "<p>Tél. 06 12 34 56 78, 0 800 123 456</p>"),
        ("<p>En 2027 350 projets, en 2027 le quai</p>", "<p>En 2027 350 projets, en 2027 le quai</p>"),
        ("<p>5 mots, 3 histoires, 2 maisons</p>", "<p>5 mots, 3 histoires, 2 maisons</p>"),
        ("<p>https://x.example/l'an : oui</p>", f"<p>https://x.example/l'an{NB}: oui</p>"),
        ("<p>d'o'neil@x.example, l'an</p>", "<p>d'o'neil@x.example, l’an</p>"),
        ("Oui : <textarea>a : b</textarea>", f"Oui{NB}: <textarea>a : b</textarea>"),
        ("<p>a :b</p>", "<p>a :b</p>"),
    ],
)
def test_french_is_set_as_printed(typed, shown):
    assert printed(typed, is_french=True) == shown


@pytest.mark.parametrize(
    "html",
    [
        '<p title="a : b ; l\'an">x</p>',
        "<script>let a = b ? c : d ; 'l'a'</script><p>x</p>",
        "<textarea>Oui : non ; l'an</textarea><p>x</p>",
        "<pre>a : b ?</pre><p>x</p>",
        "<code>a : b ?</code><p>x</p>",
        "<p><kbd>12 €</kbd> <samp>5 000 « x »</samp></p>",
        "<p title='a > b : 12 €'>x</p>",
        '<p title="a > b : 12 €" data-x="« x »">x</p>',
        "<!-- l'an : 12 € --><p>x</p>",
        "<script>if (a < b ? 1 : 2) { l'an }</script >",
    ],
)
def test_tags_scripts_and_forms_stay(html):
    assert printed(html, is_french=True) == html


def test_other_languages_have_their_own_spaces():
    assert printed("<p>St. Mary's : x ?</p>", is_french=False) == "<p>St. Mary’s : x ?</p>"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('<p lang="en">Fee : 12 €</p><p>Prix : 12 €</p>', f'<p lang="en">Fee : 12 €</p><p>Prix{NB}: 12{NB}€</p>'),
        ('<p><img lang="en" alt="a : b">Prix : 12 €</p>', f'<p><img lang="en" alt="a : b">Prix{NB}: 12{NB}€</p>'),
        ("<p>Le <i lang=en>show : x</i> : ici</p>", f"<p>Le <i lang=en>show : x</i>{NB}: ici</p>"),
        (
            '<div lang="en"><div>a : b</div><div lang="fr">a : b</div> c : d</div><div>a : b</div>',
            f'<div lang="en"><div>a : b</div><div lang="fr">a{NB}: b</div> c : d</div><div>a{NB}: b</div>',
        ),
        (
            '<html lang="fr-CH"><p hreflang="en">a : b</p></html>',
            f'<html lang="fr-CH"><p hreflang="en">a{NB}: b</p></html>',
        ),
    ],
)
def test_only_french_texts_have_french_spaces(typed, shown):
    assert printed(typed, is_french=True) == shown


def test_a_french_text_in_an_english_page_is_french():
    typed = '<p>Show : 12 €</p><p lang="fr">Entrée : 12 €</p>'

    assert printed(typed, is_french=False) == f'<p>Show : 12 €</p><p lang="fr">Entrée{NB}: 12{NB}€</p>'


_TEXTS = st.text("ab 5°€:;!?«»'’nh\xa0\u202f.,@/é", max_size=12) | st.sampled_from(
    [
        "15 h 30",
        "5 000 places",
        " : ",
        "« x »",
        "n° 5",
        "1er mai",
        "l&#x27;an",
        "&amp;",
        "&lt;",
        "12 500 €",
        "www.x l'a",
    ]
)
_TAGS = st.sampled_from(
    ["b", "i", "p", "div", "pre", "code", "textarea", "span", 'a href="/l\'a : 5 €"', 'q lang="en"']
)


def _element(inside):
    return st.tuples(_TAGS, inside).map(lambda made: f"<{made[0]}>{made[1]}</{made[0].split()[0]}>")


_PAGES = st.recursive(
    _TEXTS, lambda inside: st.lists(inside | _element(inside), max_size=5).map("".join), max_leaves=20
)


def _plain(tree):
    """Return tags, attributes and texts of a page, with ordinary spaces and apostrophes."""
    parts = [(str(node.tag), dict(node.attrib), node.text or "", node.tail or "") for node in tree.iter()]
    return [
        (tag, attributes, *(re.sub(f"[{NB}{NN}]", " ", text).replace("’", "'") for text in texts))
        for tag, attributes, *texts in parts
    ]


@given(_PAGES, st.booleans())
def test_nothing_changes_but_spaces_and_apostrophes(typed, is_french):
    page = f"<div>{typed}</div>"

    shown = printed(page, is_french=is_french)

    assert printed(shown, is_french=is_french) == shown
    assert _plain(trees.fromstring(shown)) == _plain(trees.fromstring(page))
    assert shown.count(" ") <= page.count(" ")


@given(st.text("<>ab/!-\"'= :;5€", max_size=40))
def test_broken_markup_is_passed_on(typed):
    shown = printed(typed, is_french=True)

    assert printed(shown, is_french=True) == shown
    assert re.sub(f"[{NB}{NN}]", " ", shown).replace("’", "'") == typed


def test_setting_twice_changes_nothing():
    once = printed("<p>Le quai : l'an ; « oui » !</p><script>a ? b : c</script><p>x : y</p>", is_french=True)

    assert printed(once, is_french=True) == once
