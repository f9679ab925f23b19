import email.policy
from email import message_from_bytes

from festival.letters import mime
from festival.letters.mime import Letter

PNG = b"\x89PNG\r\n\x1a\n"


def letter(*attachments, html='<p>Voici <img src="cid:a@x"></p>'):
    mail = Letter(subject="Vos billets", body="Voici", to=["camille@example.org"])
    if html:
        mail.attach_alternative(html, "text/html")
    for attachment in attachments:
        mail.attach(attachment)
    return mail


def shape(part):
    """Return the tree of content types."""
    kids = [shape(kid) for kid in part.iter_parts()] if part.is_multipart() else []
    return (part.get_content_type(), *kids)


def received(mail):
    return message_from_bytes(mail.message(policy=email.policy.SMTP).as_bytes(), policy=email.policy.strict)


def test_a_picture_belongs_to_the_html_and_a_file_to_the_mail():
    """RFC 2387, and what it says of `type`."""
    code = mime.picture(PNG, subtype="png", name="a.png", cid="a@x")
    pdf = mime.file(b"%PDF", content_type="application/pdf", name="billet-K1.pdf")

    mail = received(letter(code, pdf))

    related = ("multipart/related", ("text/html",), ("image/png",))
    assert shape(mail) == (
        "multipart/mixed",
        ("multipart/alternative", ("text/plain",), related),
        ("application/pdf",),
    )
    (part,) = [part for part in mail.walk() if part.get_content_type() == "multipart/related"]
    assert part.get_param("type") == "text/html"
    (picture,) = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert (picture["Content-ID"], picture.get_content_disposition()) == ("<a@x>", "inline")
    assert picture.get_content() == PNG


def test_a_file_keeps_its_bytes_and_its_parameters():
    ics = mime.file(b"A\r\nB\r\n", content_type="text/calendar; charset=utf-8; method=PUBLISH", name="été.ics")

    (part,) = [part for part in received(letter(ics)).walk() if part.get_content_type() == "text/calendar"]

    assert (part.get_param("method"), part.get_content_charset()) == ("PUBLISH", "utf-8")
    assert (part.get_filename(), part.get_content_disposition()) == ("été.ics", "attachment")
    assert part.get_payload(decode=True) == b"A\r\nB\r\n"


def test_without_pictures_or_without_html_nothing_is_moved():
    pdf = mime.file(b"%PDF", content_type="application/pdf", name="a.pdf")
    code = mime.picture(PNG, subtype="png", name="a.png", cid="a@x")

    assert shape(letter().message()) == ("multipart/alternative", ("text/plain",), ("text/html",))
    assert shape(letter(pdf).message())[0] == "multipart/mixed"
    assert shape(letter(code, html="").message()) == ("multipart/mixed", ("text/plain",), ("image/png",))
