"""What the name of a person may be, typed by anybody and written on tickets and in mails. Plain Python.

A name that holds an address would make our mails carry a stranger's link to a stranger. What mail programs turn into a
link is looked for as they read it: in full-width forms, with the ideographic full stop, with or without `www`.
"""

import re
import unicodedata
from enum import StrEnum

from festival.typed import cleaning

LONGEST = 120

# What browsers and mail programs read as a dot between the labels of a host (UTS 46, section 2.3; UTS 39).
_DOTS = str.maketrans(dict.fromkeys("\u3002\u2024\u0701\u0702\u06d4\ua4f8", "."))
_SCHEME = re.compile(r":\s*/\s*/|\bwww\b|(?:h(?:tt|xx)ps?|ftp|mailto|javascript|data|tel|sms)\s*:")
# What people write so that a filter does not see it and other people do: exemple[.]com, moi (at) exemple (point) com.
_SPELT_DOT = re.compile(r"\s*[\[({<]\s*(?:\.|dot|point)\s*[\])}>]\s*", re.IGNORECASE)
_SPELT_AT = re.compile(r"[\[({<]\s*(?:at|arobase)\s*[\])}>]", re.IGNORECASE)
# Two letters or more after a dot without a space.
_HOST = re.compile(r"(?P<label>[^\W_](?:[\w-]*[^\W_])?)\.(?=(?P<end>[^\W\d_]{2,}|xn--\w+))")
_PARTED_HOST = re.compile(r"\w(?:\s+\.\s*|\.\s+(?=(?:com|net|org|info|biz)\b))(?P<end>[^\W\d_]{2,})")
_NUMBERED_HOST = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_PATH = re.compile(r"\w\.\w+[/?#:]\w")

_TITLES = {"Dr", "Drs", "Fr", "Ing", "Jr", "Me", "Mlle", "Mme", "Mr", "Mrs", "Ms", "Mx", "Pr", "Prof", "Rev", "Sr"}
_TITLES |= {"St", "Ste"}
# The top-level domains under which the links of mails lie that nobody asked for. Not `li`, `ng`, `sc`, `de`, `la`:
# behind an initial they begin surnames and end degrees.
_COMMON_LISTED = (
    "com net org info biz app dev xyz online site shop store club vip live top link click tech cloud icu co me ai io "
    "tv cc gg fm im ws fr eu uk us ru cn be ch es it nl at se dk fi no pl pt ca br jp kr au nz cz gr ro ie in am"
)
_COMMON_ENDS = set(_COMMON_LISTED.split())
# Of the other generic ones (IANA, Root Zone Database) those that are words; behind a whole word they are no surname.
_WORDY_LISTED = (
    "academy adult aero agency alsace amsterdam apartments art asia associates auction audio auto band bar bargains "
    "beauty beer berlin best bet bid bike bingo black blog blue boats bond boston boutique brussels build builders "
    "business buzz bzh cafe cam camera camp capital cards care careers cars casa cash casino cat catering center cfd "
    "charity chat cheap christmas church city cleaning clinic clothing coach codes coffee college community company "
    "computer condos construction consulting contact contractors cooking cool coop corsica country coupons courses "
    "credit creditcard cricket cruises cyou dance date dating day deals degree delivery democrat dental dentist "
    "design diamonds diet digital direct directory discount doctor domains download earth eco edu education email "
    "energy engineer engineering enterprises equipment estate eus events example exchange expert exposed express fail "
    "faith family fan fans farm fashion film finance financial fish fishing fit fitness flights florist flowers "
    "football forsale forum foundation fun fund furniture fyi gal gallery game games garden gay gent gift gifts gives "
    "global gmbh gold golf google gov graphics gratis green gripe group guide guitars guru hair hamburg haus health "
    "healthcare help hiphop hockey holdings holiday homes horse hospital host hosting house how immo inc industries "
    "ink institute insurance insure int international invalid investments irish istanbul jetzt jewelry jobs kaufen "
    "kids kim kitchen koeln land lat law lawyer lease legal lgbt life lighting limited limo llc loan loans local "
    "localhost lol london love ltd luxe luxury madrid maison makeup management market marketing mba media melbourne "
    "meme memorial men menu miami mil mobi moda moe mom money monster mortgage moscow motorcycles mov movie museum "
    "name network news ngo ninja nyc observer one ong onion onl organic page paris partners parts party pet photo "
    "photography photos pics pictures pink pizza plumbing plus poker porn post press pro productions promo properties "
    "property protection pub quebec quest racing radio realty recipes red rehab reise reisen rent rentals repair "
    "report republican rest restaurant review reviews rich rip rocks rodeo rsvp run saarland sale salon sarl sbs "
    "school schule science scot security services sex sexy shoes shopping show singles ski skin soccer social "
    "software solar solutions space sport spot srl storage stream studio study style sucks supplies supply support "
    "surf surgery swiss systems tattoo tax taxi team technology tel tennis test theater theatre tickets tienda tips "
    "tires today tokyo tools tours town toys trade trading training travel tube university uno vacations vegas "
    "ventures versicherung vet viajes video villas vin vision vlaanderen vodka vote voyage wales watch web webcam "
    "website wedding wien wiki win wine work works world wtf xxx yachts yoga zip zone дети москва онлайн рус сайт"
)
_WORDY_ENDS = set(_WORDY_LISTED.split())


class NameFault(StrEnum):
    """What is wrong with a name."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    ADDRESS = "address"


def cleaned(name: str) -> str:
    """Return the name as one line with ordinary spaces."""
    return " ".join(cleaning.line(name).split())


def fault_of(name: str, *, longest: int = LONGEST) -> NameFault | None:
    """Return what is wrong with a cleaned name of `longest` characters at most, None where nothing is."""
    if not name:
        return NameFault.EMPTY
    if len(name) > longest:
        return NameFault.TOO_LONG
    return NameFault.ADDRESS if holds_address(name) else None


def holds_address(text: str) -> bool:
    """Return whether a program may turn a part of the text into a link or a mail address."""
    plain = _SPELT_DOT.sub(".", unicodedata.normalize("NFKC", text).translate(_DOTS))
    if "@" in plain or any(form.search(plain.casefold()) for form in (_SCHEME, _SPELT_AT, _NUMBERED_HOST, _PATH)):
        return True
    if any(_is_domain(parted["end"]) for parted in _PARTED_HOST.finditer(plain)):
        return True
    return not all(_is_of_a_name(host["label"], host["end"]) for host in _HOST.finditer(plain))


def _is_of_a_name(label: str, end: str) -> bool:
    """Return whether a dot without a space behind it stands in a name: `J.Smith`, `M.Sc`, `St.John`, `Jean.Pierre`."""
    if not (end[0].isupper() and end[1:].islower()) or end.casefold() in _COMMON_ENDS:
        return False
    if label in _TITLES or (len(label) == 1 and label.isupper()):
        return True
    return label.replace("-", "").isalpha() and label[0].isupper() and not _is_domain(end)


def _is_domain(end: str) -> bool:
    """Return whether a word may be a top-level domain; all of two letters may be a country's (ISO 3166-1)."""
    return len(end) == 2 or end.casefold() in _COMMON_ENDS or end.casefold() in _WORDY_ENDS
