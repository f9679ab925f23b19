"""At the start of every command: are the fonts of documents there?"""

from typing import Any

from django.core import checks

from festival.documents import faces
from festival.documents.sources import BUILT, SOURCES


@checks.register()
def fonts_are_built(**kwargs: Any) -> list[checks.CheckMessage]:
    """Warn of sources whose faces are not built: names in their scripts would be printed as replacement characters."""
    there = {face.source for face in faces.built() if (BUILT / face.file).exists()}
    missing = sorted({source.prefix for source in SOURCES} - there)
    if not missing:
        return []
    return [
        checks.Warning(
            f"Fonts of documents are missing: {', '.join(missing)}.",
            hint="`make frontend` installs and builds them. Until then tickets show � for names in those scripts.",
            id="documents.W001",
        )
    ]
