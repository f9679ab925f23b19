"""Spaces and apostrophes of what organisers type."""

import pytest

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
        ("<b>Quoi</b> : rien", "<b>Quoi</b> : rien"),
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
    ],
)
def test_tags_scripts_and_forms_stay(html):
    assert printed(html, is_french=True) == html


def test_other_languages_have_their_own_spaces():
    assert printed("<p>St. Mary's : x ?</p>", is_french=False) == "<p>St. Mary’s : x ?</p>"


def test_setting_twice_changes_nothing():
    once = printed("<p>Le quai : l'an ; « oui » !</p><script>a ? b : c</script><p>x : y</p>", is_french=True)

    assert printed(once, is_french=True) == once
