"""Reading a page: as XML where it can be, with the HTML parser where it must."""

import weasyprint

from festival.documents import parsing, pdf


def tree(html):
    page = parsing.parse(html, pdf.LockedFetcher())
    return page, page.etree_element


def test_a_well_formed_page_is_read_as_xml():
    page, root = tree('<!doctype html>\n<html lang="fr"><head><title>A &amp; B</title></head><body><br/></body></html>')

    assert isinstance(page, parsing._Page)
    assert (root.get("lang"), root.findtext("head/title")) == ("fr", "A & B")


def test_a_page_as_editors_write_it_is_read_all_the_same():
    page, root = tree("<!doctype html><html lang=fr><title>A&nbsp;B</title><p>Un<br>Deux")

    assert type(page) is weasyprint.HTML
    assert (root.get("lang"), root.findtext("head/title")) == ("fr", "A\N{NO-BREAK SPACE}B")


def test_what_no_document_may_hold_is_left_out():
    page, root = tree('<html lang="fr"><title>A\x00\x0b\ud800\ufffeB</title></html>')

    assert isinstance(page, parsing._Page)
    assert root.findtext("title") == "AB"
