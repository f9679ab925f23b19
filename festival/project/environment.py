"""Turns addresses such as `postgres://…` and `smtp://…` of the environment into Django's settings."""

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured

# Measured: IMMEDIATE avoids "database is locked", FULL keeps the last commits through a power cut (decision 0011).
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;"
        "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
    ),
}


def storages(env: environ.Env, folder: Path, *, compressed: bool) -> dict[str, Any]:
    """Return where files are kept: the library, what is for the office alone, and what the site itself brings.

    No address leads into the second. `compressed` is for a site that runs, not for one that is worked on.
    """
    library = "django.core.files.storage.FileSystemStorage"
    private = {
        "location": env.str("PRIVATE_ROOT", default=str(folder / "private")),
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
    }
    static = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    return {
        "default": {"BACKEND": library},
        "private": {"BACKEND": library, "OPTIONS": private},
        "staticfiles": {"BACKEND": static if compressed else "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def database(env: environ.Env, file: Path) -> dict[str, Any]:
    """Return the database of DATABASE_URL, or a SQLite `file` without it."""
    settings: dict[str, Any] = env.db_url("DATABASE_URL", default=f"sqlite:///{file}")
    settings["ATOMIC_REQUESTS"] = False
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        return settings | {"OPTIONS": SQLITE}
    return settings | {"CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60), "CONN_HEALTH_CHECKS": True}


def sender(env: environ.Env, base_url: str) -> str:
    """Return DEFAULT_FROM_EMAIL; without it an address at the site's own host, `localhost` for one without a name."""
    host = urlsplit(base_url).hostname or "localhost"
    try:
        ip_address(host)
    except ValueError:
        pass
    else:
        host = "localhost"
    sender: str = env.str("DEFAULT_FROM_EMAIL", default=f"Kermesse <kermesse@{host}>")
    return sender


def mailer(env: environ.Env, folder: Path) -> dict[str, Any]:
    """Return the mail server of EMAIL_URL; without it mails are written into `folder`."""
    if "EMAIL_URL" not in env:
        return _files(str(folder))
    address = env.email_url("EMAIL_URL")
    backend = address["EMAIL_BACKEND"]
    if backend.endswith("filebased.EmailBackend"):
        return _files(address["EMAIL_FILE_PATH"])
    if not backend.endswith("smtp.EmailBackend"):
        return {"BACKEND": backend}
    options = {
        "host": address.get("EMAIL_HOST"),
        "port": address.get("EMAIL_PORT"),
        "username": address.get("EMAIL_HOST_USER"),
        "password": address.get("EMAIL_HOST_PASSWORD"),
        "use_tls": address.get("EMAIL_USE_TLS", False),
        "use_ssl": address.get("EMAIL_USE_SSL", False),
        "timeout": 20,
    }
    return {"BACKEND": backend, "OPTIONS": options}


def time_zone(env: environ.Env) -> str:
    """Return the zone of TIME_ZONE, such as Atlantic/Canary; ImproperlyConfigured, in one line, for an unknown one."""
    name = env.str("TIME_ZONE", default="Europe/Paris")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"TIME_ZONE names “{name}”, which is no time zone (such as Europe/Paris)."
        raise ImproperlyConfigured(message) from error
    return name


@dataclass(frozen=True, slots=True)
class Stripe:
    """How Stripe is reached: keys, the API, origins of its pages; `stand_in`: where the demonstration's own is."""

    key: str
    webhook_secret: str
    api_base: str
    pages: tuple[str, ...]
    stand_in: tuple[str, int] | None = None


def stripe(env: environ.Env, base_url: str, *, demo: bool) -> Stripe:
    """Return the keys of Stripe, or the stand-in of a demonstration without any: on the port after the site's own."""
    key, secret = env.str("STRIPE_SECRET_KEY", default=""), env.str("STRIPE_WEBHOOK_SECRET", default="")
    if key or not demo:
        pages = ("https://checkout.stripe.com",) if key else ()
        api_base = env.str("STRIPE_API_BASE", default="https://api.stripe.com").rstrip("/")
        return Stripe(key, secret, api_base, tuple(env.list("STRIPE_PAGES", default=pages)))
    site = urlsplit(base_url)
    api_base = env.str("STRIPE_API_BASE", default=f"http://{site.hostname}:{(site.port or 80) + 1}").rstrip("/")
    place = urlsplit(api_base)
    return Stripe(
        "sk_test_demonstration",
        "whsec_demonstration",
        api_base,
        (api_base,),
        (place.hostname or "127.0.0.1", place.port or 80),
    )


def _files(folder: str) -> dict[str, Any]:
    return {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": folder}}
