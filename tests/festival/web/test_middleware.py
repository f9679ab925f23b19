import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseRedirect, UnreadablePostError
from django.test import Client
from django.utils import translation
from django_htmx.middleware import HtmxMiddleware

from festival.demo.clock_stops import COOKIE
from festival.models import User
from festival.web.middleware import (
    CharsetMiddleware,
    FollowedInPlaceMiddleware,
    LegibleRequestMiddleware,
    PrintedMiddleware,
)
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


def test_public_pages_have_the_strict_policy(client):
    policy = client.get("/fr/compte/login/").headers["Content-Security-Policy"]

    assert "script-src 'self';" in policy
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize(("path", "language"), [("/fr/compte/login/", "fr"), ("/en/account/login/", "en")])
def test_a_form_without_its_token_is_refused_in_words_of_ours(path, language):
    response = Client(enforce_csrf_checks=True).post(path)

    html = response.content.decode()
    assert response.status_code == 403
    assert f'<html lang="{language}"' in html
    assert "<style" not in html
    assert "CSRF" not in html


def test_the_editor_has_a_looser_policy(client):
    policy = client.get("/cms/").headers["Content-Security-Policy"]

    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "nonce" not in policy
    assert "https:" not in policy


def test_only_the_scanner_may_use_the_camera(client):
    assert "camera=(self)" in client.get("/scan/").headers["Permissions-Policy"]
    assert "camera=()" in client.get("/fr/compte/login/").headers["Permissions-Policy"]


def test_only_the_scanner_may_compile_webassembly(client):
    assert "'wasm-unsafe-eval'" in client.get("/scan/").headers["Content-Security-Policy"]
    assert "wasm" not in client.get("/fr/compte/login/").headers["Content-Security-Policy"]


def test_the_clock_cookie_does_nothing_outside_the_demonstration(client, settings):
    settings.DEMO = False
    client.cookies[COOKIE] = "archive"

    assert b"10 mai" not in client.get("/fr/compte/login/").content


def test_the_clock_cookie_moves_the_demonstration(settings):
    settings.DEMO = True
    client = Client()
    client.cookies[COOKIE] = "calls-open"

    from festival.demo import middleware
    from festival.time import clock

    seen = []
    middleware.ClockMiddleware(lambda request: seen.append(clock.today().isoformat()))(
        type("Request", (), {"COOKIES": {COOKIE: "calls-open"}})()
    )
    assert seen == ["2026-12-15"]


@pytest.fixture
@remembered
def editor():
    user = User.objects.create_user("editor@example.org", "a-long-password")
    user.groups.add(Group.objects.get(name="Editors"))
    return user


def test_an_editor_without_a_second_factor_is_sent_to_set_one_up(client, editor):
    client.force_login(editor)

    response = client.get("/cms/")

    assert (response.status_code, response.url) == (302, "/fr/compte/2fa/")


def test_the_demonstration_may_skip_the_second_factor(client, editor, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(editor)

    assert client.get("/cms/").status_code == 200


@pytest.fixture
def code_generator(editor):
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(editor, secret)
    return lambda: auth.format_hotp_value(auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time())))


def test_an_editor_with_a_second_factor_gets_in(client, editor, code_generator):
    EmailAddress.objects.create(user=editor, email=editor.email, verified=True, primary=True)
    first = client.post("/fr/compte/login/", {"login": editor.email, "password": "a-long-password"})
    client.post(first.url, {"code": code_generator()})

    assert client.get("/cms/").status_code == 200


def test_a_session_that_never_showed_the_second_factor_is_sent_away(client, editor, code_generator):
    client.force_login(editor)

    assert client.get("/cms/").url == "/fr/compte/2fa/"


def test_the_door_needs_a_second_factor_too(client):
    user = User.objects.create_user("door@example.org")
    user.user_permissions.add(Permission.objects.get(codename="scan"))
    client.force_login(user)

    assert client.get("/scan/").url == "/fr/compte/2fa/"


@pytest.mark.parametrize(
    "path",
    [
        "/jury/a/b/nothing/",
        "/week-x",
        "/2027/schedule.xml",
        "/scan/nothing/",
        "/api/v1/nothing",
        "/schedule/v/9/schedule.json",
    ],
)
def test_what_is_missing_without_language_is_missing(client, path):
    assert client.get(path).status_code == 404


def test_a_page_without_language_is_sent_to_one(client):
    response = client.get("/programme/", headers={"Accept-Language": "fr"})

    assert (response.status_code, response.url) == (302, "/fr/programme/")


# What is sent, what is shown ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/fr/%00/", "/fr/programme/seances/a%0Ab/", "/schedule/v/%00/schedule.json", "/media/images/%00.png"]
)
def test_an_address_with_controls_is_refused_in_words(client, path):
    response = client.get(path)

    assert response.status_code == 400
    assert "<h1" in response.text


def test_queries_and_forms_reach_views_legible(rf):
    seen = []
    ask = LegibleRequestMiddleware(lambda request: seen.append((request.GET.dict(), request.POST.dict())))

    ask(rf.get("/", {"q\x00": "a\x00\u202eb", "kept": "e\u0301 \n"}))
    ask(rf.post("/", {"name": "a\x00b", "lines": "a\r\nb"}))
    ask(rf.post("/", {"name": "ab"}))

    ask(rf.get("/", {"next": "http://[::1", "q": "a"}))
    ask(rf.get("/", {"next": "http://[::1]/"}))

    assert seen[3:] == [({"q": "a"}, {}), ({"next": "http://[::1]/"}, {})]
    assert seen[:3] == [
        ({"q": "ab", "kept": "é \n"}, {}),
        ({}, {"name": "ab", "lines": "a\r\nb"}),
        ({}, {"name": "ab"}),
    ]


def test_a_form_that_is_cut_off_is_a_bad_request(rf):
    request = rf.post("/", b"a=1", content_type="application/x-www-form-urlencoded")
    request._stream = CutOff()

    with pytest.raises(BadRequest):
        LegibleRequestMiddleware(lambda request: None)(request)


class CutOff:
    def close(self):
        pass

    def seekable(self):
        return False

    def read(self, *size):
        raise UnreadablePostError("cut off")


@pytest.mark.parametrize(
    ("path", "language", "shown"),
    [
        ("/fr/x/", "fr", "L’an\xa0: «\xa0oui\xa0»"),
        ("/en/x/", "en", "L’an : « oui »"),
        ("/cms/x/", "fr", "L'an : « oui »"),
    ],
)
def test_public_pages_are_set_as_printed(rf, path, language, shown):
    page = PrintedMiddleware(lambda request: HttpResponse("<p>L'an : « oui »</p>"))

    with translation.override(language):
        assert page(rf.get(path)).text == f"<p>{shown}</p>"


def test_files_stay_as_they_are(rf):
    file = PrintedMiddleware(lambda request: HttpResponse("<p>L'an : x</p>", content_type="text/plain"))

    assert file(rf.get("/fr/x/")).text == "<p>L'an : x</p>"


@pytest.mark.parametrize("key", ["%5B%5B", "abc", "9" * 30, "1.5", "-1"])
def test_a_chooser_asked_for_no_row_answers_404(client, settings, key):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(User.objects.create_superuser("chef@example.org"))

    assert client.get(f"/cms/images/chooser/chosen/{key}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("digits", [19, 30])
def test_a_number_that_no_row_can_have_is_not_found(admin_client, settings, digits):
    settings.SECOND_FACTOR_REQUIRED = False

    assert admin_client.get(f"/cms/approvals/{'9' * digits}/file/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["old_path", "redirect_link"])
def test_an_address_that_cannot_be_read_is_refused_beside_its_field(admin_client, settings, field):
    settings.SECOND_FACTOR_REQUIRED = False
    typed = {"old_path": "/old/", "redirect_link": "https://example.org/", field: "http://[::1", "is_permanent": "on"}

    response = admin_client.post("/cms/redirects/add/", typed)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert admin_client.post("/cms/redirects/add/", typed | {field: "/new/"}).status_code in {200, 302}


def test_a_word_in_the_address_table_is_no_number(client):
    assert client.get("/icon-maskable-192.png").status_code == 200


@pytest.mark.django_db
def test_whoever_asks_to_go_on_to_no_address_is_answered(client):
    assert client.get("/en/account/inactive/?next=http%3A%2F%2F%5B%3A%3A1").status_code == 200


@pytest.mark.parametrize("key", ["null", "1e999", "9" * 30, "1.5", "-1"])
@pytest.mark.parametrize(
    "screen", ["edit/{}/", "history/{}/", "history/{}/revisions/compare/earliest...latest/", "unpublish/{}/"]
)
def test_a_snippet_asked_for_by_no_number_answers_404(client, settings, screen, key):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(User.objects.create_superuser("chef@example.org"))

    assert client.get(f"/cms/snippets/program/session/{screen.format(key)}").status_code == 404


def test_a_cookie_with_a_control_is_none(client):
    client.cookies["sessionid"] = "aaaaaaaaaaaa"
    client.cookies["sessionid"].set("sessionid", "a\x00a", '"a\\000a"')

    response = client.get("/fr/compte/login/")

    assert response.status_code == 200
    assert "\x00" not in "".join(response.wsgi_request.COOKIES.values())


@pytest.mark.parametrize(("charset", "status"), [("iso-8859-1", 415), ("utf-7", 415), ("utf8", 200), ("UTF-8", 200)])
def test_bodies_are_read_in_utf_8_alone(client, charset, status):
    response = client.post("/fr/", b"a=b", content_type=f"application/x-www-form-urlencoded; charset={charset}")

    assert response.status_code == status
    assert ("UTF-8" in response.text) == (status == 415)
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_the_query_is_utf_8_whatever_a_request_says_of_its_body(rf):
    request = rf.get("/?q=%C3%A9", headers={"Content-Type": "text/html; charset=latin-1"})
    assert request.GET["q"] != "é"

    CharsetMiddleware(lambda request: HttpResponse(request.GET["q"]))(request)

    assert request.GET["q"] == "é"


def _answered(rf, answer, **headers):
    request = rf.post("/fr/billetterie/", headers=headers)
    return HtmxMiddleware(FollowedInPlaceMiddleware(lambda _request: answer))(request)


def test_a_redirect_that_a_script_gets_is_followed_by_the_browser(rf):
    answer = HttpResponseRedirect("/fr/commande/A/b/", headers={"Cache-Control": "private, no-store"})
    answer.set_cookie("messages", "kept")

    followed = _answered(rf, answer, **{"HX-Request": "true"})

    assert (followed.status_code, followed["HX-Redirect"]) == (200, "/fr/commande/A/b/")
    assert "Location" not in followed
    assert followed["Cache-Control"] == "private, no-store"
    assert followed.cookies["messages"].value == "kept"


def test_what_is_no_redirect_or_not_for_a_script_stays_what_it_is(rf):
    for answer, headers in ((HttpResponse("Part"), {"HX-Request": "true"}), (HttpResponseRedirect("/fr/"), {})):
        assert _answered(rf, answer, **headers) is answer
