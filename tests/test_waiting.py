"""The tests in a browser wait for the page that a click asks for before they read: Playwright does not."""

import ast
from pathlib import Path

FILES = sorted((Path(__file__).parent / "browser").glob("*.py"))
ASKING = {"click", "tap", "dblclick"}
WAITING = ("expect", "wait_for", "next_page", "_verdict", "_page_of_verdict")
# What answers at once, from whatever page is there.
READING = {"axe", "evaluate", "count", "all", "content", "is_visible", "bounding_box", "all_inner_texts", "pdf"}
# What would stop a request that is on its way, or looks for what it is to bring about.
READING |= {"goto", "reload", "go_back", "close", "mails", "manage"}


def _words(node):
    """Yield what a test does, in order: (ask, wait or read, line). A loop is gone through twice."""
    if isinstance(node, ast.With) and any("next_page" in ast.dump(item) for item in node.items):
        yield "wait", node.lineno
        return
    for child in ast.iter_child_nodes(node):
        yield from _words(child)
    if isinstance(node, ast.For | ast.While):
        for child in node.body:
            yield from _words(child)
    if isinstance(node, ast.Call) and (word := _word(node)):
        yield word, node.lineno


def _word(call):
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    key = call.args[-1].value if call.args and isinstance(call.args[-1], ast.Constant) else None
    if name in ASKING or (name == "press" and key == "Enter"):
        return "ask"
    if name.startswith(WAITING) and name != "wait_for_timeout":
        return "wait"
    return "read" if name in READING else None


def _hasty(source):
    """Return the lines that read although nothing was waited for since a click or the Enter key."""
    lines = set()
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            is_asked = False
            for word, line in _words(function):
                if word == "read" and is_asked:
                    lines.add(line)
                is_asked = word == "ask"
    return sorted(lines)


def test_what_is_asked_for_is_waited_for():
    assert [f"{path.name}:{line}" for path in FILES for line in _hasty(path.read_text())] == []


def test_hasty_lines_are_found():
    source = """
def test_one(page, axe):
    for name in "ab":
        page.goto("/")
        page.get_by_role("link", name=name).click()
        assert axe(page) == []

def test_two(page):
    for link in links:
        page.goto("/")
        link.press("Enter")

def test_three(page, axe):
    with next_page(page):
        page.get_by_role("link").click()
    assert axe(page) == []
    page.get_by_role("button").click()
    expect(page.get_by_text("Merci")).to_be_visible()
    page.goto("/")
"""
    assert _hasty(source) == [6, 10]
