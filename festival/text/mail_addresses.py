"""When two mail addresses are one mailbox, as far as limits are concerned. No Django, no clock, no randomness.

Wrong in favour of caution: dots are ignored everywhere, though only some providers do; it merely counts together.
"""

import unicodedata

_SAME_HOST = {"googlemail.com": "gmail.com"}


def identity(address: str) -> str:
    """Return one spelling for all aliases of a mailbox: without case, `+tag`, dots before the @, or look-alike forms.

    `address` is anything that was typed; what is no address is returned folded. RFC 5233 describes `+tag`.
    """
    folded = "".join(unicodedata.normalize("NFKC", address).casefold().split())
    name, at, host = folded.rpartition("@")
    if not at:
        return folded
    bare = name.strip('"').partition("+")[0].replace(".", "") or name
    try:
        host = host.rstrip(".").encode("idna").decode()
    except UnicodeError:
        host = host.rstrip(".")
    return f"{bare}@{_SAME_HOST.get(host, host)}"
