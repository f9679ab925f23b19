"""The table of areas: every address of the site is in one of them. What the columns mean: `festival.web.areas`."""

from festival.web import policies
from festival.web.areas import Area, SecondFactor, Who

AREAS: tuple[Area, ...] = (
    Area("pages", has_language=True, is_kept=True),
    Area("start", ("/",)),
    Area("for machines", ("/robots.txt", "/sitemap.xml", "/healthz", "/readyz", "/api/"), is_kept=True),
    Area("programme as data", ("/schedule", "/live/"), is_kept=True),
    Area("style sheets", ("/week-", "/programme/grid-")),
    Area("pictures", ("/media/", "/social/", "/favicon.ico", "/icon-", "/apple-touch-icon", "/site.webmanifest")),
    Area("static files", ("/static/",)),
    Area("the scanner's worker", ("/static/dist/scan-worker.",), policy=policies.SCAN_WORKER),
    Area("documents", ("/documents/",)),
    Area(
        "cms",
        ("/cms/",),
        who=Who.EDITORS,
        second_factor=SecondFactor.PASSKEY_OR_GENERATOR,
        policy=policies.CMS,
    ),
    Area("style guide", ("/styleguide/",), who=Who.EDITORS, second_factor=SecondFactor.PASSKEY_OR_GENERATOR),
    Area(
        "door",
        ("/scan/",),
        who=Who.DOOR_TEAM,
        second_factor=SecondFactor.PASSKEY_OR_GENERATOR,
        policy=policies.SCAN,
        uses_camera=True,
    ),
    Area("jury", ("/jury/",), who=Who.JURIES, second_factor=SecondFactor.MAIL_TOO),
    Area("demonstration", ("/demo/",)),
)
