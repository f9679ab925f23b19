"""The shape of the house, checked: sizes, templates without inline code, no orphan template, complete French."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import grimp
import polib
import pytest

from docs import draw_house
from festival.text import messages

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SOURCES = sorted(
    path
    for folder in ("festival", "program", "tickets", "awards")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts and "node_modules" not in path.parts
)
# PDF and mail are not web pages: their styles travel inside them.
WEB_TEMPLATES = [path for path in TEMPLATES if path.parent.name not in {"mail", "pdf"}]


def test_files_stay_below_300_lines():
    long = {
        str(path.relative_to(ROOT)): lines for path in SOURCES if (lines := len(path.read_text().splitlines())) > 300
    }

    assert long == {}


def test_functions_stay_below_40_lines():
    long = [
        f"{path.relative_to(ROOT)}:{node.name} ({node.end_lineno - node.lineno + 1})"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 40
    ]

    assert long == []


def test_templates_stay_below_120_lines():
    assert [path.name for path in TEMPLATES if len(path.read_text().splitlines()) > 120] == []


@pytest.mark.parametrize("path", WEB_TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_template_has_no_inline_code(path):
    text = path.read_text()

    scripts = [tag for tag in re.findall(r"<script\b[^>]*>", text) if "src=" not in tag and "json" not in tag]
    assert scripts == []
    assert re.findall(r"<style\b", text) == []
    assert re.findall(r"\s(?:style|on[a-z]+)=[\"']", text) == []
    assert "|safe" not in text


def test_every_template_is_used():
    everything = "\n".join(path.read_text() for path in [*SOURCES, *TEMPLATES])
    by_framework = re.compile(r"^(\d{3}(_csrf)?\.html|allauth/|account/|mfa/|wagtailadmin/|wagtail_localize/)")

    orphans = [
        name
        for path in TEMPLATES
        if (name := str(path.relative_to(ROOT / "templates"))) not in everything and not by_framework.match(name)
    ]

    # Wagtail finds the template of a page type by its name.
    assert [name for name in orphans if not re.match(r"festival/\w+_page\.html$", name)] == []


@pytest.mark.parametrize("path", messages.CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_string_is_translated(path):
    catalogue = polib.pofile(str(path))
    done = {
        (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")
        for entry in catalogue
        if "fuzzy" not in entry.flags and (entry.msgstr or (entry.msgstr_plural and all(entry.msgstr_plural.values())))
    }

    missing = {key: places[0] for key, places in messages.found().items() if key not in done}

    assert missing == {}


@pytest.mark.parametrize("path", messages.CATALOGUES, ids=lambda path: path.parts[-3])
def test_translations_keep_their_variables(path):
    variable = re.compile(r"%\(\w+\)\w|%[sd]|\{\w+\}")
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(path))
        for translated in [entry.msgstr, *entry.msgstr_plural.values()]
        if translated
        and not set(variable.findall(translated)) <= set(variable.findall(entry.msgid + entry.msgid_plural))
    ]

    assert wrong == []


def test_french_spaces_do_not_break():
    """A plain space before ; : ! ? or inside guillemets lets the sign fall to the next line."""
    loose = re.compile(r"(?<![:/]) [:;!?](?!\S*//)|« | »")

    wrong = [
        entry.msgid
        for entry in polib.pofile(str(messages.LOCALES / "fr/LC_MESSAGES/django.po"))
        if any(loose.search(text) for text in [entry.msgstr, *entry.msgstr_plural.values()])
    ]

    assert wrong == []


def test_layers_hold():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, check=False, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout


def test_locks_name_no_registry():
    locks = ["requirements.txt", "requirements-test.txt", "festival/frontend/package-lock.json"]

    for name in locks:
        text = (ROOT / name).read_text()
        assert not re.search(r'index-url|"resolved"|find-links', text), name


def test_no_circle_among_files():
    """Files that import each other in a ring can only be understood together."""
    graph = grimp.build_graph("festival", "program", "tickets", "awards", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}

    assert _circles(imports) == []


def test_a_circle_would_be_found():
    assert _circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == [["b", "c"]]


def _circles(imports):
    """Return the modules that reach themselves, one list a ring."""
    reached = {}
    for start in imports:
        seen, todo = set(), list(imports[start])
        while todo:
            module = todo.pop()
            if module not in seen:
                seen.add(module)
                todo += imports.get(module, ())
        reached[start] = seen
    in_rings = {module for module, seen in reached.items() if module in seen}
    rings = {frozenset(other for other in reached[module] if module in reached.get(other, ())) for module in in_rings}
    return sorted(sorted(ring) for ring in rings)


def test_packages_stay_small():
    """No more than about a dozen files beside the sub-packages."""
    count = Counter(path.parent for path in SOURCES if path.name != "__init__.py")

    assert {str(folder.relative_to(ROOT)): files for folder, files in count.items() if files > 14} == {}


def test_actions_queries_and_rules_have_a_test_file_of_their_name():
    """The table of rooms says which files these are: all of a package below its forms and wording."""
    tested = ("actions", "background work", "reads", "rules")
    project = (ROOT / "pyproject.toml").read_text()
    names = {name for label, listed in draw_house.rooms(project) if label.startswith(tested) for name in listed}
    assert {"placing", "tasks", "queries", "tally"} <= names
    contracts = tomllib.loads(project)["tool"]["importlinter"]["contracts"]
    packages = next(entry["containers"] for entry in contracts if entry["name"] == "The rooms of a package")
    folders = [Path(*package.split(".")) for package in sorted(set(packages))]

    missing = [
        f"tests/{folder}/test_{path.name}"
        for folder in folders
        for path in sorted((ROOT / folder).glob("*.py"))
        if path.stem in names and not (ROOT / "tests" / folder / f"test_{path.name}").exists()
    ]

    assert missing == []


def test_one_template_alone_speaks_to_search_engines():
    """What another one wrote would stand beside the head's own canonical address and card."""
    templates = (ROOT / "templates").rglob("*.html")

    assert [path.name for path in templates if 'name="robots"' in path.read_text()] == ["head.html"]
