import time

import pytest

from festival.core.redaction import names_a_secret, redact, redact_addresses


@pytest.mark.parametrize(
    "key",
    ["secret", "order_secret", "shortCode", "code", "recovery_codes", "API_TOKEN", "newPassword", "x-pin", "Cookie"],
)
def test_names_of_secrets(key):
    assert names_a_secret(key)


@pytest.mark.parametrize("key", ["state", "country", "encoded", "pinned", "tokenizer", "session", "places", "places_2"])
def test_other_names(key):
    assert not names_a_secret(key)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("mailed to lina+x@example.org.", "mailed to […]"),
        ("<Lina@exämple.org>", "<[…]>"),
        ("see /order/ABCD2345/aB3dE6gH9jK2mN5pQ8sT1vW4yZ7-x_Y/", "see /order/ABCD2345/[…]/"),
        ("aB3dE6gH9jK2mN5pQ8sT", "[…]"),
    ],
)
def test_secrets_and_addresses_are_replaced(text, clean):
    assert redact(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "2f1d3c4b-0000-4000-8000-00aa11bb22cc",
        "2027-05-02T11:30:00+02:00",
        "festival-de-l-economie-collaborative-2027",
        "Le Village, 3 places",
        "ABCD2345",
        "aB3dE6gH9jK2mN5pQ8s",
        "@mention",
    ],
)
def test_other_texts_stay(text):
    assert redact(text) == text


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("Not Found: /fr/commande/ABCD2345/xY9/tickets.pdf", "Not Found: /fr/commande/[…]"),
        ("Not Found: /en/order/ABCD2345/short/", "Not Found: /en/order/[…]"),
        ("GET /fr/programme/?q=zoe@example.org HTTP/1.1", "GET /fr/programme/?[…] HTTP/1.1"),
        ("Not Found: /fr/programme/perdu/", "Not Found: /fr/programme/perdu/"),
    ],
)
def test_lines_of_a_log_keep_no_secret_part_of_an_address(line, clean):
    assert redact_addresses(line) == clean


@pytest.mark.parametrize("letter", ["a", "a-", "é", "@", "a@"])
def test_a_long_line_is_read_in_a_moment(letter):
    """Whoever sends it waits for nothing; twice the length would take four times as long, here a minute."""
    before = time.process_time()
    redact(letter * 100_000)

    assert time.process_time() - before < 2
