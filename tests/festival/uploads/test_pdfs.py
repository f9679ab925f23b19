"""A PDF is written anew: nothing of its maker, no attachment, nothing that acts by itself."""

from io import BytesIO

import pikepdf
import pytest

from festival.uploads.pdfs import TooManyPages, UnreadablePdf, rewrite

CANARY = "canari-gwenola"


def made(**options):
    document = pikepdf.new()
    document.add_blank_page()
    with document.open_metadata() as meta:
        meta["dc:creator"] = [CANARY]
    document.docinfo["/Author"] = CANARY
    document.attachments["cv.txt"] = CANARY.encode()
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=CANARY)
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=pikepdf.String(CANARY))
    document.Root.PageLabels = pikepdf.Dictionary(Nums=document.make_indirect(pikepdf.Array([])))
    page = document.pages[0]
    page.PieceInfo = pikepdf.Dictionary(Maker=pikepdf.String(CANARY))
    link = {"Type": pikepdf.Name.Annot, "Rect": [0, 0, 9, 9]}
    to = {"Subtype": pikepdf.Name.Link}
    page.Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(**link, Subtype=pikepdf.Name.FileAttachment, Contents=CANARY),
            pikepdf.Dictionary(**link, Subtype=pikepdf.Name.Text, T=CANARY, Contents="note"),
            pikepdf.Dictionary(**link, **to, A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=CANARY)),
            pikepdf.Dictionary(**link, **to, A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="x:y")),
        ]
    )
    file = BytesIO()
    document.save(file, compress_streams=False, **options)
    return file.getvalue()


def test_nothing_of_the_maker_is_left_and_the_pages_stay():
    before = made()
    assert CANARY.encode() in before
    after = rewrite(before)
    document = pikepdf.open(BytesIO(after))
    plain = BytesIO()
    document.save(plain, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable, qdf=True)
    assert CANARY.encode() not in plain.getvalue()
    assert len(document.pages) == 1
    assert [str(one.Subtype) for one in document.pages[0].Annots] == ["/Text", "/Link", "/Link"]
    assert ["/A" in one for one in document.pages[0].Annots] == [False, False, True]
    assert rewrite(before) == after


def test_a_plain_document_passes():
    document = pikepdf.new()
    document.add_blank_page()
    file = BytesIO()
    document.save(file)
    assert rewrite(file.getvalue()).startswith(b"%PDF-")


def test_what_is_no_pdf_is_damaged_or_is_locked_is_refused():
    locked = made(encryption=pikepdf.Encryption(owner="a", user="b"))
    opened = made(encryption=pikepdf.Encryption(owner="a", user=""))
    for content in (b"", b"GIF89a", b"%PDF-1.7\nnothing", locked, opened):
        with pytest.raises(UnreadablePdf):
            rewrite(content)


def test_a_book_is_refused():
    with pytest.raises(TooManyPages) as caught:
        rewrite(made(), most_pages=0)
    assert caught.value.pages == 1
