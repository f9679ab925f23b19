"""`manage.py check --deploy`: would the limits take all visitors for one?"""

from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def proxies_are_counted(**kwargs: Any) -> list[checks.CheckMessage]:
    """Warn when a proxy is trusted for the protocol and not for addresses: all visitors would be one network."""
    if not settings.SECURE_PROXY_SSL_HEADER or settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return []
    return [
        checks.Warning(
            "A proxy stands in front (TRUST_X_FORWARDED_PROTO), but TRUSTED_PROXY_COUNT is 0.",
            hint="All visitors count as one network then, and share its limits. Set it to the number of your proxies.",
            id="web.W001",
        )
    ]
