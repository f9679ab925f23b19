"""What characters tell of their language and script."""

import pytest

from festival.documents import scripts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", ""),
        ("Zoé", ""),
        ("Юлия", ""),
        ("遥 南森", "zh"),
        ("たけし 北野", "ja"),
        ("タケシ", "ja"),
        ("박서연", "ko"),
        ("朴 서연", "ko"),
        ("陳 ㄇㄟˇ", "zh-Hant"),
    ],
)
def test_the_language_of_east_asian_letters(text, language):
    assert scripts.language_of(text) == language


def test_all_languages_of_a_text():
    assert scripts.languages_of("かな 遥 박") == {"ja", "zh", "ko"}


@pytest.mark.parametrize(
    ("character", "script"), [("a", "Latin"), ("ሰ", "Ethiopic"), ("\u0378", "Unknown"), ("1", "Common")]
)
def test_the_script_of_a_character(character, script):
    assert scripts.script_of(character) == script


def test_what_is_not_drawn():
    assert [character for character in "a\u200d\u200e\ufe0f\U000e0100\n \u0301" if scripts.is_invisible(character)] == [
        "\u200d",
        "\u200e",
        "\ufe0f",
        "\U000e0100",
        "\n",
    ]
