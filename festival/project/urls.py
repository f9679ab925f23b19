"""Every address of the site. The composition root: with the demonstration, the only place that knows all apps."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from awards import urls as awards_urls
from awards.pages.sitemaps import ProjectSitemap
from festival.pages import sitemaps, views as page_views
from festival.pages.feeds import NewsFeed
from festival.web import media, views
from program import urls as program_urls
from program.pages.sitemaps import ProgramSitemap
from tickets import urls as tickets_urls
from tickets.announcing.sitemaps import OfficeSitemap

SITEMAPS = {
    "pages": sitemaps.PageSitemap,
    "programme": ProgramSitemap,
    "awards": ProjectSitemap,
    "tickets": OfficeSitemap,
}

urlpatterns = [
    path("", views.choose_language, name="root"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("week-<slug:name>.css", page_views.week_css, name="week-css"),
    path("media/images/<str:name>", media.rendition, name="rendition"),
    path("social/<str:signed>.png", media.card, name="social-card"),
    path("favicon.ico", media.favicon, name="favicon"),
    path("site.webmanifest", media.webmanifest, name="webmanifest"),
    path("icon-<int:size>.png", media.app_icon, name="app-icon"),
    path("icon-maskable-<int:size>.png", media.app_icon, {"maskable": True}, name="app-icon-maskable"),
    # What Apple's devices ask for by themselves.
    path("apple-touch-icon.png", media.touch_icon, name="touch-icon"),
    path("apple-touch-icon-<str:kind>.png", media.touch_icon, name="touch-icon-of-kind"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("cms/login/", views.cms_login, name="cms-login"),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *program_urls.plain,
    *tickets_urls.plain,
    *awards_urls.plain,
]

if settings.DEMO:
    from festival.demo import views as demo_views

    urlpatterns += [path("demo/clock/<slug:key>/", demo_views.move_clock, name="demo-clock")]

urlpatterns += i18n_patterns(
    path(_("account/"), include("allauth.urls")),
    path(_("account/code/"), views.mail_code, name="account-mail-code"),
    path(_("account/me/"), views.account_home, name="account-home"),
    path(_("news.atom"), NewsFeed(), name="news-feed"),
    *program_urls.localized,
    *tickets_urls.localized,
    *awards_urls.localized,
    path("", page_views.home, name="home"),
    # Wagtail's own form for readers would sign in past the second factor.
    path("_util/login/", RedirectView.as_view(pattern_name="account_login"), name="wagtailcore_login"),
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)

handler400 = "festival.web.views.bad_request"
handler403 = "festival.web.views.permission_denied"
handler404 = "festival.web.views.page_not_found"
handler500 = "festival.web.views.server_error"
