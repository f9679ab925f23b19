import io

import pytest
from django.core.signing import BadSignature
from PIL import Image

from festival.documents.images import social_card
from festival.documents.images.social_card import Card

CARD = Card(
    "Réparer son grille-pain", "Festival de l’économie collaborative", "1–7 mai 2027 · Paris", "#fbd226", "star"
)


def pixels(drawn):
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def test_a_card_is_read_from_its_address():
    assert social_card.read(social_card.sign(CARD)) == CARD


def test_the_same_card_has_the_same_address():
    assert social_card.sign(CARD) == social_card.sign(CARD)


def test_nobody_else_can_write_one():
    signed = social_card.sign(CARD)
    with pytest.raises(BadSignature):
        social_card.read(f"x{signed}")


def test_a_long_title_is_shortened_in_the_address():
    long = Card("mot " * 200, *list(CARD.__getstate__())[1:])

    assert len(social_card.read(social_card.sign(long)).title) <= social_card.LONGEST


@pytest.mark.parametrize(
    "shape", ["half-disc", "pennant", "star", "circle", "square", "diamond", "wave", "swallowtail"]
)
def test_a_card_is_a_png_of_the_usual_size_in_the_colour_of_the_part(shape):
    drawn = pixels(social_card.draw(Card("Titre", "Fête", "1–7 mai", "#ff5b37", shape)))

    assert drawn.size == (1200, 630)
    assert drawn.getpixel((5, 620)) == pytest.approx((255, 91, 55), abs=12)


@pytest.mark.parametrize(
    "title",
    ["Un", "L’été à Lyon " * 9, "🎪🎉", "遥 南森", "박서연 et ሰላማዊት", "Motsansespace" * 20, ""],
)
def test_any_title_is_drawn_within_the_card(title):
    drawn = pixels(social_card.draw(Card(title, "Fête", "1–7 mai", "#1d33cf", "star")))

    paper = drawn.crop((1140, 0, 1200, 630)).getcolors(1000)
    assert len([count for count, colour in paper if sum(colour) < 380]) == 0


def test_words_are_on_the_card():
    with_words, without = (
        pixels(social_card.draw(Card(title, "Fête", "1–7 mai", "#1d33cf", "star"))) for title in ("Un titre", "")
    )

    assert with_words.tobytes() != without.tobytes()


def test_a_card_is_drawn_once_and_the_folder_does_not_grow_for_ever(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(social_card, "KEPT", 2)
    first = social_card.picture(CARD)

    kept = next((tmp_path / "social").iterdir())
    kept.write_bytes(b"kept")
    assert social_card.picture(CARD) == b"kept" != first
    for number in range(4):
        social_card.picture(Card(str(number), *list(CARD.__getstate__())[1:]))
    assert len(list((tmp_path / "social").iterdir())) == 2
