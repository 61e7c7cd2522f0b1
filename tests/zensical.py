"""Proves that Zensical builds the same tree with the same pages: ``make zensical``. Its exit status does not tell."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.conftest import PROJECT


def pages(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")}


def build(folder: Path) -> set[str]:
    """The pages that Zensical makes of the tree."""
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    shutil.copytree(PROJECT / "docs", folder / "docs")
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return pages(folder / "site")


if __name__ == "__main__":
    expected = pages(PROJECT / "site")
    with tempfile.TemporaryDirectory() as scratch:
        made = build(Path(scratch))
    for name in sorted(expected ^ made):
        print(f"{name} is made by {'MkDocs' if name in expected else 'Zensical'} only.")
    print(f"{len(expected)} pages by MkDocs, {len(made)} by Zensical.")
    sys.exit(expected != made)
