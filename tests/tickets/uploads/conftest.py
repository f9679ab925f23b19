"""Files as strangers send them."""

import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.tickets import NOW
from tickets.uploads import filing

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def upload(content=PDF, name="carte.pdf"):
    """Return what a browser sends."""
    return SimpleUploadedFile(name, content, content_type="text/html")


def kept(name="carte.pdf", content=PDF, now=NOW):
    """Return a file that was kept."""
    key = filing.key_of(str(uuid.uuid4()), name, content)
    return filing.keep(key=key, content=content, name=name, ending="pdf", now=now)
