"""What is read aloud is what was written, whatever the glyphs say."""

import io
from xml.etree import ElementTree

import pikepdf
import pytest

from festival.documents import reading
from festival.documents.pdf import write_pdf
from tests import pdf_ua
from tests.festival.documents.names import NAMES


def write(body):
    return write_pdf(f'<html lang="fr"><head><title>Essai</title></head><body>{body}</body></html>', styles="")


def tagged(content, kind):
    """Return language and words of each tag of a kind."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [tag for _, tag in pdf_ua.elements(pdf.Root.StructTreeRoot) if str(tag.S) == f"/{kind}"]
        return [tuple(str(tag[key]) if key in tag else "" for key in ("/Lang", "/ActualText")) for tag in found]


@pytest.mark.parametrize("name", [*NAMES, "क्षत्रिय शर्मा", "น้ำผึ้ง", "שרה Levy", "မြန်မာ", "Zoé 👩🏽‍🚀", "e\u0301mile"])
def test_a_name_is_read_as_it_was_written(name):
    assert pdf_ua.spoken(write(f"<p>{name}</p>")) == [("P", name)]


def test_a_passage_tells_its_language():
    content = write('<p lang="ja">たけし</p><p>Zoé <span lang="hi">अनन्या</span></p>')

    assert tagged(content, "P") == [("ja", ""), ("", "Zoé अनन्या")]
    assert ("hi", "अनन्या") in tagged(content, "Span")
    assert pdf_ua.faults(content) == []


def test_words_are_told_of_passages_alone():
    """A list or a section has passages; a picture has its description."""

    def words(markup):
        return reading.words_of(ElementTree.fromstring(markup))

    assert words("<p>அ <span>(1/2)</span><br/>b</p>") == "அ (1/2)b"
    assert words("<section><p>அ</p></section>") == ""
    assert words("<p>அ <img alt='x'/></p>") == ""
    assert words("<p>Zoé 陳 박 Ω</p>") == ""
