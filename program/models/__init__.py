"""The programme's tables. Editors work on these; the public sees releases, which are compiled from them."""

from program.models.books import Book
from program.models.catalogue import Format, Tag, Track
from program.models.exhibitors import Exhibitor
from program.models.imports import ImportedProgramme
from program.models.occurrences import Occurrence
from program.models.partners import Partner
from program.models.people import Speaker
from program.models.places import Room, Venue
from program.models.releases import Release
from program.models.sessions import Session, SessionSpeaker

__all__ = [
    "Book",
    "Exhibitor",
    "Format",
    "ImportedProgramme",
    "Occurrence",
    "Partner",
    "Release",
    "Room",
    "Session",
    "SessionSpeaker",
    "Speaker",
    "Tag",
    "Track",
    "Venue",
]
