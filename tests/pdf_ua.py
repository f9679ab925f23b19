"""What a PDF lacks to be read aloud: the machine-checkable conditions of PDF/UA-1 (ISO 14289-1, Matterhorn protocol).

Not a certificate: whether an alternative text is a good one, or an order sensible, people must say.
"""

import io

import pikepdf

PAINTING = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI", "INLINE IMAGE"}
GROUPS = "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct"
BLOCKS = "P H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot"
INLINE = "Span Quote Note Reference BibEntry Code Link Annot Figure Formula Form"
STANDARD = {name for names in (GROUPS, BLOCKS, INLINE) for name in names.split()}
PARENTS = {
    "/LI": {"/L"},
    "/LBody": {"/LI"},
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TD": {"/TR"},
    "/TH": {"/TR"},
}


def faults(content):
    """Return a line for each thing that is missing or wrong."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [*_document(pdf), *_fonts(pdf)]
        if "/StructTreeRoot" not in pdf.Root:
            return [*found, "no structure tree"]
        found += _structure(elements(pdf.Root.StructTreeRoot))
        for number, page in enumerate(pdf.pages, start=1):
            found += [f"page {number}: {fault}" for fault in _page(pdf, page)]
        return found


def spoken(content):
    """Return what is read aloud, in the order of the structure: (kind, text or alternative text)."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        texts = {}
        for page in pdf.pages:
            for mcid, _, text in _marked(pdf, page):
                texts[page.objgen, mcid] = texts.get((page.objgen, mcid), "") + text
        return [line for child in _kids(pdf.Root.StructTreeRoot) for line in _read(child, texts)]


def _read(element, texts, kind=""):
    own = str(element.S)[1:]
    if own in {"H1", "H2", "H3", "P", "Lbl", "LBody", "TH", "TD", "Figure"}:
        kind = own
    for told in ("/Alt", "/ActualText"):
        if told in element:
            return [(kind, str(element[told]))]
    lines = []
    for kid in _kids(element):
        if isinstance(kid, int):
            lines.append((kind, texts[element.Pg.objgen, kid]))
        else:
            lines += _read(kid, texts, kind)
    joined = "".join(text for _, text in lines)
    return [(kind, joined)] if own == kind and lines else lines


def _document(pdf):
    root = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "not marked as tagged"
    if not str(root.get("/Lang", "")):
        yield "no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "the title is not shown"
    with pdf.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "does not say that it is PDF/UA-1"
        if not metadata.get("dc:title"):
            yield "no title"


def _fonts(pdf):
    for entry in pdf.objects:
        if not isinstance(entry, pikepdf.Dictionary) or entry.get("/Type") != "/Font":
            continue
        if entry.Subtype == "/Type0":
            descriptor = entry.DescendantFonts[0].FontDescriptor
            if not {"/FontFile2", "/FontFile3"} & set(descriptor.keys()):
                yield f"font not embedded: {entry.BaseFont}"
            if "/ToUnicode" not in entry:
                yield f"font without Unicode: {entry.BaseFont}"
        elif entry.Subtype not in {"/CIDFontType0", "/CIDFontType2", "/Type3"}:
            yield f"font of an unknown kind: {entry.Subtype}"


def _structure(pairs):
    level = 0
    for parent, element in pairs:
        kind = str(element.S)
        if kind[1:] not in STANDARD:
            yield f"unknown kind of element: {kind}"
        if kind in PARENTS and str(parent.get("/S")) not in PARENTS[kind]:
            yield f"{kind} inside {parent.get('/S')}"
        if kind in {"/Figure", "/Formula"} and not str(element.get("/Alt", "")):
            yield "picture without alternative text"
        if len(kind) == 3 and kind[1] == "H" and kind[2].isdigit():
            if int(kind[2]) > level + 1:
                yield f"heading {kind} after level {level}"
            level = int(kind[2])


def _page(pdf, page):
    if page.get("/Tabs") != "/S":
        yield "fields and links are not reached in the order of the structure"
    yield from (
        f"not in the structure: {link.Subtype}" for link in page.get("/Annots", []) if "/StructParent" not in link
    )
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))[int(page.StructParents)]
    painted = list(_marked(pdf, page))
    if any(mcid is None and not is_artifact for mcid, is_artifact, _ in painted):
        yield "something is drawn that is neither content nor decoration"
    if any("\0" in text for _, _, text in painted):
        yield "a missing glyph is shown"
    seen = {mcid for mcid, _, _ in painted if mcid is not None}
    if strange := {mcid for mcid in seen if mcid >= len(owners) or mcid not in _kids(owners[mcid])}:
        yield f"content that is not in the structure: {sorted(strange)}"
    if missing := set(range(len(owners))) - seen:
        yield f"the structure names content that is not there: {sorted(missing)}"


def _marked(pdf, page):
    """Return for all that is painted: its number in the structure, whether it is an artifact, its text."""
    stack, font, maps = [], None, {}
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator in {"BDC", "BMC"}:
            properties = operands[1] if operator == "BDC" else {}
            number = properties.get("/MCID") if operator == "BDC" else None
            stack.append((None if number is None else int(number), str(operands[0]) == "/Artifact"))
        elif operator == "EMC":
            stack.pop()
        elif operator == "Tf":
            font = page.Resources.Font[str(operands[0])]
            maps.setdefault(font.objgen, _unicode(font))
        elif operator in PAINTING:
            mcid = next((number for number, _ in reversed(stack) if number is not None), None)
            text = _text(operands, maps[font.objgen]) if operator in {"Tj", "TJ"} else ""
            yield mcid, any(is_artifact for _, is_artifact in stack), text


def _text(operands, mapping):
    parts = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    glyphs = [int.from_bytes(codes[place : place + 2]) for place in range(0, len(codes), 2)]
    return "".join(mapping.get(glyph, "\0") for glyph in glyphs)


def _unicode(font):
    lines = bytes(font.ToUnicode.read_bytes()).decode("latin-1").split("beginbfchar")[1:]
    pairs = [line.split() for block in lines for line in block.split("endbfchar")[0].strip().splitlines()]
    return {int(glyph.strip("<>"), 16): bytes.fromhex(text.strip("<>")).decode("utf-16-be") for glyph, text in pairs}


def elements(parent):
    """Return the elements of the structure, each after its parent: (parent, element)."""
    for kid in _kids(parent):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield parent, kid
            yield from elements(kid)


def _kids(element):
    kids = element.get("/K", [])
    return [int(kid) if isinstance(kid, int) else kid for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])]
