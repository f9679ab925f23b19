"""A mail with pictures in its text, as mail programs want to find them."""

import email.policy
from email.message import EmailMessage as Message, MIMEPart
from typing import Any, cast

from django.core.mail import EmailMultiAlternatives


class Letter(EmailMultiAlternatives):
    """A mail in plain text and in HTML. Attach pictures of its HTML by `picture`; they belong to it (RFC 2387).

    mixed( alternative( text, related( HTML, pictures ) ), files ): a picture that stands beside the text instead is
    shown as one more file, or not at all.
    """

    def message(self, *, policy: Any = email.policy.default) -> Message:
        """Return the mail with its inline pictures beside its HTML."""
        message = super().message(policy=policy)
        html = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        if html is None or message.get_content_type() != "multipart/mixed":
            return message
        parts = list(message.iter_parts())
        inline = [part for part in parts if part.get_content_disposition() == "inline" and part["Content-ID"]]
        if inline:
            message.set_payload([part for part in parts if part not in inline])
            html.make_related()
            html.set_param("type", "text/html")
            for part in inline:
                html.attach(cast("Message", part))
        return message


def picture(content: bytes, *, subtype: str, name: str, cid: str) -> MIMEPart:
    """Return a picture of the HTML, which shows it as `<img src="cid:…">`; `name` is ASCII, for who saves it."""
    part = MIMEPart()
    part.set_content(content, maintype="image", subtype=subtype, disposition="inline", filename=name, cid=f"<{cid}>")
    return part


def file(content: bytes, *, content_type: str, name: str) -> MIMEPart:
    """Return a file to attach; `content_type` may have parameters, the bytes stay as they are."""
    kind, *parameters = (word.strip() for word in content_type.split(";"))
    maintype, _, subtype = kind.partition("/")
    part = MIMEPart()
    part.set_content(
        content,
        maintype=maintype,
        subtype=subtype,
        disposition="attachment",
        filename=name,
        params=dict(parameter.split("=", 1) for parameter in parameters),
    )
    return part
