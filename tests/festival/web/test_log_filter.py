"""No secret of an address stands in a log."""

import logging

import pytest

from festival.web.log_filter import WithoutSecrets
from tests.factories.tickets import OrderFactory


@pytest.mark.parametrize(
    ("line", "kept", "gone"),
    [
        ("Not Found: /fr/commande/KWRT2345/abcdefghij-klmnop/", "Not Found: /fr/commande/", "abcdefghij-klmnop"),
        ("Not Found: /fr/commande/KWRT2345/short/tickets.pdf", "Not Found: /fr/commande/", "short"),
        ("Internal Server Error: /es/pedido/KWRT2345/short/", "/es/pedido/KWRT2345/", "short"),
        ("Not Found: /fr/compte/password/reset/key/1-d3adb33f-0/", "/password/reset/key/", "d3adb33f"),
        ("Not Found: /agenda/tok.ics", "/agenda/", "tok"),
        ("Bad Request: /schedule.ics?token=a&b=c", "/schedule.ics?", "token"),
        ("lina@example.org was refused", "was refused", "lina"),
    ],
)
def test_secrets_are_taken_out_and_the_rest_stays(line, kept, gone):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s", (line,), None)

    assert WithoutSecrets().filter(record)
    assert kept in record.getMessage()
    assert gone not in record.getMessage()


@pytest.mark.parametrize("line", ["Not Found: /fr/programme/2027-05-02/", "The periodic job x.y failed.", "100 %"])
def test_an_ordinary_line_stays(line):
    record = logging.LogRecord("x", logging.WARNING, "", 0, line, (), None)
    WithoutSecrets().filter(record)

    assert record.getMessage() == line


@pytest.mark.django_db
def test_the_warning_of_a_missing_page_is_mended(client, settings, capsys):
    order = OrderFactory()
    handler = logging.StreamHandler()
    handler.addFilter(WithoutSecrets())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        client.get(f"/fr/commande/{order.code}/{order.secret[:-1]}x/")
    finally:
        logger.removeHandler(handler)

    said = capsys.readouterr().err
    assert "Not Found" in said
    assert order.secret[:20] not in said
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["without_secrets"]
