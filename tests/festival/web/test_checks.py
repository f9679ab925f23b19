"""What `check --deploy` says about the limits."""

import pytest

from festival.web.checks import proxies_are_counted


@pytest.mark.parametrize(
    ("header", "proxies", "warned"),
    [(("X", "https"), 0, True), (("X", "https"), 1, False), (None, 0, False)],
)
def test_a_proxy_that_is_not_counted_is_told(settings, header, proxies, warned):
    settings.SECURE_PROXY_SSL_HEADER, settings.ALLAUTH_TRUSTED_PROXY_COUNT = header, proxies

    assert [message.id for message in proxies_are_counted()] == (["web.W001"] if warned else [])
