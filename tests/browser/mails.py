"""Reads the mails that an installation wrote into files."""

import email
from email import policy

import pypdfium2
import zxingcpp

_BETWEEN = b"\n" + b"-" * 79 + b"\n"


def read(folder):
    """Return the messages of a folder, oldest first."""
    paths = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime)
    texts = [text for path in paths for text in path.read_bytes().split(_BETWEEN) if text.strip()]
    return [email.message_from_bytes(text, policy=policy.default) for text in texts]


def attached(mail, kind):
    """Return the content of the mail's part of this content type."""
    return next(part.get_content() for part in mail.walk() if part.get_content_type() == kind)


def qr_text(mail):
    """Return what the code says on the first page of the attached PDF."""
    pdf = pypdfium2.PdfDocument(attached(mail, "application/pdf"))
    return zxingcpp.read_barcodes(pdf[0].render(scale=150 / 72).to_pil())[0].text
