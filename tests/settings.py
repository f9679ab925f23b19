"""The settings of the tests: the real ones, with what a test needs otherwise."""

import os

os.environ.setdefault("SECRET_KEY", "tests-only")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,127.0.0.1,localhost")
os.environ.setdefault("BASE_URL", "http://testserver")
os.environ.setdefault("TICKET_KEY_SECRET", "ZmVzdGl2YWwtdGVzdHMtb25seS1ub3QtYS1zZWNyZXQ=")
os.environ.setdefault("LANGUAGES", "fr,en")
os.environ.setdefault("TIME_ZONE", "Europe/Paris")
for name in ("DEBUG", "DEMO", "FESTIVAL_CLOCK", "EMAIL_URL"):
    os.environ[name] = ""
    del os.environ[name]

from festival.project.settings import *  # noqa: E402, F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.festival.text.app"]
DEBUG = DEMO = False
SECOND_FACTOR_REQUIRED = True
FESTIVAL_CLOCK = "2027-05-02T11:30"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES["default"] = STORAGES["private"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
WHITENOISE_AUTOREFRESH = True
