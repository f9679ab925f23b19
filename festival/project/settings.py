"""The one settings file. Everything that differs between installations is read from the environment.

Each variable is described in `docs/reference/settings.md` and listed in `.env.example`.
"""

from pathlib import Path

import environ
from django.contrib.messages import constants as message_levels
from django.core.exceptions import ImproperlyConfigured

from festival.project import areas, environment
from festival.project.hooks import (  # settings of their own; the aliases hand them on
    EDITION_CREATED as EDITION_CREATED,
    FSCK_CHECKS as FSCK_CHECKS,
    FSCK_REMARKS as FSCK_REMARKS,
    MAIL_BUILDERS as MAIL_BUILDERS,
    OCCURRENCE_PLACES as OCCURRENCE_PLACES,
    OCCURRENCE_TAKEN as OCCURRENCE_TAKEN,
    PAGE_BODY_BLOCKS as PAGE_BODY_BLOCKS,
    PLACES_ON_OFFER as PLACES_ON_OFFER,
    PUBLIC_OFFERS as PUBLIC_OFFERS,
    ROLES as ROLES,
    SESSION_PRODUCTS as SESSION_PRODUCTS,
    SITE_PLACES as SITE_PLACES,
    TICK_JOBS as TICK_JOBS,
    TICKETS_GONE as TICKETS_GONE,
    VOTER_OF_TICKET as VOTER_OF_TICKET,
)
from festival.project.static_headers import add_headers
from festival.text.languages import read_languages
from festival.web import policies

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
# The demonstration: invented data, sign-ins printed on the terminal, a clock that visitors may move.
DEMO = env.bool("DEMO", default=False)

if DEBUG or DEMO:
    SECRET_KEY = env.str("SECRET_KEY", default="demonstration-only-never-in-production-0000000000000000")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
    BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000")
else:
    SECRET_KEY = env.str("SECRET_KEY", default="")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
    BASE_URL = env.str("BASE_URL", default="")
    if not (SECRET_KEY and ALLOWED_HOSTS and BASE_URL):
        raise ImproperlyConfigured("SECRET_KEY, ALLOWED_HOSTS and BASE_URL must be set (see .env.example).")

FESTIVAL_CLOCK = env.str("FESTIVAL_CLOCK", default="")

# Applications --------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "awards",
    "tickets",
    "program",
    "festival",
    "festival.demo",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",  # Wagtail's search index uses its fields there; harmless on SQLite
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "festival.web.middleware.PathPolicyMiddleware",
    "festival.web.middleware.CharsetMiddleware",
    "festival.web.middleware.LegibleRequestMiddleware",
    "festival.demo.middleware.ClockMiddleware",
    "festival.web.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "festival.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "festival.web.middleware.FollowedInPlaceMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "festival.web.middleware.SecondFactorMiddleware",
    "festival.web.middleware.AccountGuardMiddleware",
    "festival.cms.in_use.InUseMiddleware",
    "festival.web.middleware.ChosenRowMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "festival.web.middleware.PrintedMiddleware",
]

MESSAGE_TAGS = {message_levels.SUCCESS: "ok", message_levels.WARNING: "last", message_levels.ERROR: "bad"}

ROOT_URLCONF = "festival.project.urls"
WSGI_APPLICATION = "festival.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "festival.demo.context_processors.demo_clock",
            ],
            "builtins": ["festival.templatetags.festival_tags"],
        },
    }
]

# Database ------------------------------------------------------------------------------------------------------------

DATABASES = {"default": environment.database(env, VAR_DIR / "kermesse.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://kermesse")}

# Work in the background: rows written in the transaction of the fact, run by `manage.py work`.
TASKS = {
    # Wagtail's own tasks (index updates) use the django_tasks package, which reads this alias.
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "outbox": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]},
}

# Mail ----------------------------------------------------------------------------------------------------------------

MAILERS = {"default": environment.mailer(env, VAR_DIR / "mail")}
DEFAULT_FROM_EMAIL = environment.sender(env, BASE_URL)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_USE_LOCALTIME = True  # mails are dated in the festival's time

# Files ---------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "festival" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = environment.storages(env, VAR_DIR, compressed=not DEBUG)
FORMS_URLFIELD_ASSUME_HTTPS, FORM_RENDERER = True, "festival.typed.rendering.Renderer"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # the page editor posts large forms

# Languages, time -----------------------------------------------------------------------------------------------------

# The first is the main one: every text has it, and it answers who asks for none of the others.
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = read_languages(env.str("LANGUAGES", default="fr,en"))
LANGUAGE_CODE = LANGUAGES[0][0]
LOCALE_PATHS = [BASE_DIR / "festival" / "locale"]
USE_I18N = WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = environment.time_zone(env)

# Accounts ------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "festival.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account-home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up; without it the sign-in form asks for no password
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "festival.web.accounts.AccountAdapter"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # every change of an account is told by mail, to the old address too
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# allauth counts in the cache, which strangers can fill: `festival.web.account_limits` counts instead.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "festival.web.accounts.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

# Safety --------------------------------------------------------------------------------------------------------------

_HTTPS = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = _HTTPS and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _HTTPS else 0
# Both bind the owner's whole domain, so they are for the owner to choose.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
if env.bool("TRUST_X_FORWARDED_PROTO", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if _HTTPS else []
CSRF_FAILURE_VIEW = "festival.web.views.form_out_of_date"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editor's preview panel frames our pages

WHITENOISE_ADD_HEADERS_FUNCTION = add_headers
STRIPE = environment.stripe(env, BASE_URL, demo=DEMO)  # a demonstration without keys has a stand-in
STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_API_BASE = STRIPE.key, STRIPE.webhook_secret, STRIPE.api_base
SECURE_CSP = policies.paying_at(*STRIPE.pages)  # /cms/ and /scan/ have their own, see festival/web/middleware.py

LOG_LEVEL = env.str("LOG_LEVEL", default="WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "festival.web.log_filter.WithoutSecrets"}},
    # The level is the handler's: loggers of libraries have levels of their own, and what they let through would pass.
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_secrets"], "level": LOG_LEVEL}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}

# Wagtail -------------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Kermesse"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "cms-login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
# Addresses and passwords change in the account's pages alone, which confirm them and limit what is mailed.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILIMAGES_IMAGE_MODEL = "festival.FestivalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "festival.uploads.forms.ImageForm"  # draws anew what is uploaded
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 20_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "festival.uploads.forms.DocumentForm"  # looks into what is uploaded
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # every document is a download, PDF too
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing is asked of other hosts; video blocks link or load on click
# Ours ----------------------------------------------------------------------------------------------------------------

# Tickets are signed with the edition's Ed25519 key, stored encrypted under this secret (32 url-safe base64 bytes).
TICKET_KEY_SECRET = env.str("TICKET_KEY_SECRET", default="")
# Days after which an order forgets its network, a basket its buyer, an edition its allergies, the outbox its mails.
NETWORKS_KEPT_DAYS = env.int("NETWORKS_KEPT_DAYS", default=14)
BASKETS_KEPT_DAYS = env.int("BASKETS_KEPT_DAYS", default=30)
MAILS_KEPT_DAYS = env.int("MAILS_KEPT_DAYS", default=400)
# Days after the decision until the file of a request for approval is deleted.
APPROVAL_FILES_KEPT_DAYS = env.int("APPROVAL_FILES_KEPT_DAYS", default=14)
HEALTH_ANSWERS_KEPT_DAYS = env.int("HEALTH_ANSWERS_KEPT_DAYS", default=30)
AREAS = areas.AREAS
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not DEMO)
