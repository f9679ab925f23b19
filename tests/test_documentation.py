"""The documentation keeps up with the code."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.utils import translation

from tests import documentation
from tests.authorisation_addresses import routes

ROOT = Path(__file__).resolve().parent.parent
READ = re.compile(r"env\.(?:str|bool|int|list|db_url|cache_url|email_url)\(\s*\"(\w+)\"|\"(\w+)\" (?:not )?in env")


def _variables():
    text = "".join((ROOT / "festival" / "project" / name).read_text() for name in ("settings.py", "environment.py"))
    return sorted({name for match in READ.findall(text) for name in match if name})


@pytest.mark.parametrize("name", _variables())
def test_every_setting_is_documented(name):
    assert f"`{name}`" in (ROOT / "docs" / "reference" / "settings.md").read_text()
    assert re.search(rf"^#? ?{name}=", (ROOT / ".env.example").read_text(), re.MULTILINE)


OURS = sorted(
    name for name, app in get_commands().items() if app in {"festival", "festival.demo", "program", "tickets", "awards"}
)


@pytest.mark.parametrize("name", OURS)
def test_every_command_is_documented(name):
    assert f"`{name}" in (ROOT / "docs" / "reference" / "commands.md").read_text()


VARIABLE = re.compile(r"<[^>]*>")


def _documented(route):
    """Return the pattern of a route's end as the page writes it: `chair/ties/<slug:slug>/` as `chair/ties/SLUG/`."""
    segments = [segment for segment in route.split("/") if segment]
    while len(segments) > 1 and VARIABLE.fullmatch(segments[-1]) and VARIABLE.fullmatch(segments[-2]):
        segments.pop()
    end = segments[-2:] if VARIABLE.fullmatch(segments[-1]) else segments[-1:]
    pattern = r"[^/`\s]+".join(re.escape(part) for part in VARIABLE.split("/".join(end)))
    return rf"[`/]{pattern}(?=[`/])"


def test_every_address_that_is_not_of_an_editor_or_an_account_is_documented():
    page = (ROOT / "docs" / "reference" / "addresses.md").read_text()
    with translation.override("en"):
        found = {re.sub(r"<\w*edition:edition>/", "", route.route) for route in routes()}
    # Wagtail's and allauth's own stand below the prefixes that the page names.
    others = re.compile(r"cms/(?!login)|documents/|en/account/(?!code|me)|en/_util|.*\^")
    ours = {route for route in found if not others.match(route)}

    assert len(ours) > 50
    assert sorted(route for route in ours if route.strip("en/") and not re.search(_documented(route), page)) == []


def test_links_inside_the_documentation_lead_somewhere():
    broken = [
        f"{page.relative_to(ROOT)} -> {target}"
        for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text())
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_every_dependency_has_its_reason():
    project = (ROOT / "pyproject.toml").read_text()
    section = project.split("dependencies = [", 1)[1].split("]\n", 1)[0]
    names = re.findall(r'^\s+"([a-z0-9-]+)', section, re.MULTILINE)
    reasons = (ROOT / "docs" / "explanation" / "dependencies.md").read_text()

    assert names != []
    assert [name for name in names if f"`{name}`" not in reasons] == []


@pytest.mark.parametrize("targets", documentation.commands("make"))
def test_make_knows_every_target_that_the_pages_name(targets):
    """Tried without doing it: most of them change something."""
    done = subprocess.run(
        ["make", "--dry-run", *documentation.words(targets)], cwd=ROOT, check=False, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr


def test_every_make_target_is_documented():
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    page = (ROOT / "docs" / "reference" / "commands.md").read_text()

    assert [target for target in targets if f"`make {target}`" not in page] == []


def _named_commands():
    """Lines of `manage.py`, and the table of commands, whose spans leave `manage.py` out."""
    table = [
        piece.text
        for piece in documentation.code()
        if piece.page == "docs/reference/commands.md" and piece.kind == "span" and piece.text.split()[0] in OURS
    ]
    return sorted({*documentation.commands("manage.py"), *table} - {"NAME"})


@pytest.mark.parametrize("line", _named_commands())
def test_manage_takes_what_the_pages_type(line, capsys):
    line = re.sub(r"\bMETHOD\b", "mean", re.sub(r"\b(?:SECONDS|NUMBER)\b", "60", line))
    name, *arguments = documentation.words(line)
    if name == "help":
        return
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)

    assert parser.format_help() != ""
    if arguments or "FILE" not in parser.format_usage().upper():
        parser.parse_args(arguments)


@pytest.mark.parametrize("source", documentation.inline_python("python3"))
def test_inline_python_runs(source):
    subprocess.run([sys.executable, "-c", source], check=True, capture_output=True)


def test_files_that_the_pages_name_exist():
    ours = re.compile(r"(?:festival|program|tickets|awards|templates|tests|docs|bench|\.ci)/[\w/.-]*$")
    named = {
        (piece.page, word)
        for piece in documentation.code()
        for word in (piece.text.split() if piece.kind in {"span", "sh"} else [])
        if ours.match(word)
    }

    built = (ROOT / ".gitignore").read_text().splitlines()

    assert len(named) > 10
    assert [where for where in sorted(named) if not (ROOT / where[1]).exists() and where[1] not in built] == []


def test_modules_that_the_pages_name_can_be_imported():
    dotted = re.compile(r"((?:festival|program|tickets|awards)(?:\.[a-z_]+)+)\.(\w+)\(")
    named = {(piece.page, *match.groups()) for piece in documentation.code() for match in dotted.finditer(piece.text)}

    assert named != set()
    assert [where for where in sorted(named) if not hasattr(import_module(where[1]), where[2])] == []
