"""Which faces a text needs, and in which order they are named."""

import pytest

from festival.documents import faces
from festival.documents.sources import Role


def sources(text):
    return {face.source for face in faces.faces_for(text)}


def test_an_everyday_text_needs_no_further_face():
    assert faces.faces_for("Zoé paie 12 € – « d’accord » – à 10 h, œuf compris.\n\t") == []


def test_five_faces_are_in_every_document():
    assert [(face.role, face.weight) for face in faces.built() if face.is_everyday] == [
        (Role.DISPLAY, 800),
        (Role.FIGURES, 400),
        (Role.FIGURES, 700),
        (Role.TEXT, 400),
        (Role.TEXT, 700),
    ]


def test_a_rare_latin_letter_comes_in_all_weights_and_in_titles():
    assert [(face.role, face.subset, face.weight) for face in faces.faces_for("Ž")] == [
        (Role.DISPLAY, "latin-ext", 800),
        (Role.TEXT, "latin-ext", 400),
        (Role.TEXT, "latin-ext", 700),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("遥", {"noto-sans-sc"}),
        ("陳", {"noto-sans-sc"}),
        ("𠮷", {"noto-sans-jp"}),
        ("たけし 北野", {"noto-sans-sc", "noto-sans-jp"}),
        ("박서연", {"noto-sans-kr"}),
        ("박 北", {"noto-sans-sc", "noto-sans-kr"}),
        ("ሰላማዊት", {"noto-sans-ethiopic"}),
        ("Юлия", {"noto-sans"}),
        ("🎪", {"noto-emoji"}),
        ("\u200d\ufe0f\u200e", set()),
        ("\u0378", set()),
    ],
)
def test_the_sources_of_a_text(text, expected):
    assert sources(text) == expected


def test_a_face_says_what_it_draws():
    (face,) = (face for face in faces.built() if face.file == "atkinson-hyperlegible-next-latin-wght-normal-400.ttf")

    assert [character for character in " aéœ€Ž遥" if face.draws(character)] == list(" aéœ€")
    assert {"a", "€"} < face.characters()
    assert "遥" not in face.characters()


def test_each_face_but_its_weights_has_a_family_of_its_own():
    families = [(face.family, face.weight) for face in faces.built()]

    assert len(families) == len(set(families))


def test_the_stack_begins_with_the_text_and_ends_with_the_system():
    assert faces.stack([]) == (
        "Kermesse bricolage-grotesque-figures, Kermesse atkinson-hyperlegible-next-latin, sans-serif"
    )
    assert faces.stack([], codes=True) == "Kermesse atkinson-hyperlegible-next-latin, sans-serif"
    assert faces.stack([], display=True) == (
        "Kermesse bricolage-grotesque-latin, Kermesse atkinson-hyperlegible-next-latin, sans-serif"
    )


@pytest.mark.parametrize(("language", "first"), [("", "sc"), ("zh", "sc"), ("ja", "jp")])
def test_the_stack_begins_with_the_faces_of_the_language(language, first):
    stack = faces.stack(faces.faces_for("かな 遥"), language=language)

    names = [name.removeprefix("Kermesse noto-sans-").split("-")[0] for name in stack.split(", ")[2:-1]]
    assert names[0] == first
    assert set(names) == {"sc", "jp"}


def test_without_built_faces_nothing_is_needed(unbuilt):
    assert faces.built() == ()
    assert faces.everyday_characters() == frozenset()
    assert faces.faces_for("Zoé 遥") == []
    assert faces.stack([]) == "sans-serif"
