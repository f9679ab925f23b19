"""Finds Chromium, or has the package manager at hand install it.

Debian also packs Chromium without its own windows, `chromium-headless-shell`: a page opens in a fifth of the time, but
there is no camera in it.
"""

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL = "chromium-headless-shell"
INSTALLERS = (
    ["apt-get", "install", "-y", "-q", "chromium", SHELL],
    ["apt-get", "install", "-y", "-q", "chromium"],
    ["dnf", "install", "-y", "chromium"],
    ["apk", "add", "chromium"],
    ["brew", "install", "--cask", "chromium"],
)


class NoChromium(Exception):
    """No browser was found and none could be installed."""


def find() -> str:
    """Return the path of Chromium; raises NoChromium with a sentence that says what to do."""
    if path := os.environ.get("CHROMIUM") or _on_path():
        return path
    tried = []
    for command in INSTALLERS:
        if shutil.which(command[0]) and (command[0] == "brew" or os.geteuid() == 0):
            if command[0] == "apt-get":
                subprocess.run(["apt-get", "update", "-q"], check=False, capture_output=True, timeout=300)
            done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=900)
            tried.append(f"`{' '.join(command)}` ended with {done.returncode}")
            if path := _on_path():
                return path
    raise NoChromium(
        "The browser tests need Chromium. Install the package `chromium`, or name a browser in CHROMIUM. "
        + ("; ".join(tried) or "No package manager that this user may run was found.")
    )


def find_without_windows() -> str:
    """Return the path of the Chromium that opens pages fastest; raises NoChromium as `find` does."""
    whole = find()
    return os.environ.get("CHROMIUM") or shutil.which(SHELL) or whole


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)
