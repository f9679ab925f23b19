"""The documentation keeps up with the code."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

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
