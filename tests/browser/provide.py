"""Finds a Chromium for the browser tests, or installs one: ``python -m tests.browser.provide``.

Asked in turn: the variable CHROMIUM, the search path, Debian's package (as root), Playwright's own download.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
REMEDY = (
    "No Chromium could be found or installed: install one (Debian and Ubuntu: `apt-get install chromium`), or name it"
    " in the variable CHROMIUM. `make test-fast` runs everything that needs none."
)
SECONDS = 600


def find() -> str | None:
    """The path of a Chromium that is there already."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for name in NAMES if (path := shutil.which(name))), None) or _own()


def _own() -> str | None:
    """Playwright's own browser, where it has been downloaded."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


def install() -> str | None:
    """Tries to install one."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        _quietly("apt-get", "update")
        _quietly("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
    if not find():
        _quietly(sys.executable, "-m", "playwright", "install", "chromium")
    return find()


def _quietly(*command: str) -> None:
    try:
        subprocess.run(command, check=False, timeout=SECONDS, capture_output=True)
    except subprocess.TimeoutExpired:
        print(f"{command[0]} did not finish within {SECONDS} s.", file=sys.stderr)


if __name__ == "__main__":
    found = find() or install()
    if not found:
        sys.exit(REMEDY)
    print(f"Chromium: {found}")
