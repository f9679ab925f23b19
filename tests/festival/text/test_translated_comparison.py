from lxml import html

from festival.text.translated_comparison import TranslatedComparison
from tests.festival.text.app.models import Opening, Stall


def test_versions_are_compared_language_by_language():
    before = Stall(name={"fr": "Le quai", "en": "The <quay>", "ca": "El moll"})
    after = Stall(name={"fr": "Le quai", "en": "The <old> quay"})

    comparison = TranslatedComparison(Stall._meta.get_field("name"), before, after)

    assert comparison.has_changed()
    drawn = comparison.htmldiff()
    assert "<old>" not in drawn
    assert [(term.text, term.getnext().get("lang")) for term in html.fromstring(drawn).iter("dt")] == [
        ("English", "en"),
        ("ca", "ca"),
    ]
    assert "El moll" in drawn
    assert "Le quai" not in drawn


def test_a_row_that_was_added_is_shown_whole():
    opening = Opening(label={"fr": "Matin", "en": "<Morning>"})

    drawn = TranslatedComparison(Opening._meta.get_field("label"), opening, opening).htmldiff()

    assert drawn == (
        '<dl><dt>Français</dt><dd lang="fr">Matin</dd><dt>English</dt><dd lang="en">&lt;Morning&gt;</dd></dl>'
    )
