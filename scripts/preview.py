"""Shows what a pull request changes: ``python -m scripts.preview BASE [--format github] [--summary FILE]``.

Exit status: 0 nothing to mend, 1 problems or edits of generated parts, 2 wrong usage.

Asks nobody: what is known of an entry is what the facts say.
"""

import argparse
import datetime as dt
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.catalogue.changed import SINCE, Change, changed_entries, refusals
from scripts.catalogue.declined import load_declined
from scripts.catalogue.load import Catalogue, Listing, load
from scripts.catalogue.problems import Problem, shown
from scripts.command.options import begin
from scripts.facts.audit import audit
from scripts.facts.store import FOLDER, Facts
from scripts.intake.similar import likenesses, newcomer_of
from scripts.render import contributing, readme
from scripts.render.preview import preview_entries, preview_head
from scripts.render.region import inside
from scripts.render.site import SETTINGS, Site, read_site
from scripts.view.attention import Signals
from scripts.view.comparison import Ground
from scripts.view.criteria import Criterion, criteria
from scripts.view.rows import make_view
from scripts.view.signals import troubles

REGIONS = {"README.md": readme.REGION, "CONTRIBUTING.md": contributing.REGION}


class _GitError(Exception):
    """Git refused."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.preview", description="Show what a pull request changes.")
    parser.add_argument("base", metavar="BASE", help="the commit or branch to compare with")
    parser.add_argument("--format", choices=("text", "github"), default="text", help="github: workflow annotations")
    parser.add_argument("--summary", type=Path, metavar="FILE", help="append the Markdown there instead of printing it")
    parser.add_argument("--robot", action="store_true", help="facts may change: the pull request is a robot's own")
    options, root = begin(parser, arguments)
    try:
        start = _git(root, "merge-base", "--end-of-options", options.base, "HEAD").strip()
        changes = [*_changes(root, start)]
        regions = {path: _regions(root, start, path) for path in REGIONS}
    except _GitError:
        parser.error(f"{shown(options.base)} is no commit that git knows here. Fetch it, or name another.")
    markdown, problems = _preview(root, changes, refusals(changes, regions, robot=options.robot))
    for problem in problems:
        print(problem.annotation() if options.format == "github" else problem)
    if options.summary:
        with options.summary.open("a", encoding="utf-8") as stream:
            stream.write(markdown)
    else:
        print(markdown, end="")
    return 1 if problems else 0


def _preview(root: Path, changes: Sequence[Change], refused: Sequence[Problem]) -> tuple[str, list[Problem]]:
    catalogue = load(root)
    facts, found = audit(root, catalogue, dt.datetime.now(dt.UTC).date())
    entries = changed_entries(changes, catalogue.vocabularies) if catalogue.vocabularies else []
    problems = sorted({*refused, *_own(found, changes)})
    site = read_site((root / SETTINGS).read_bytes()) if (root / SETTINGS).exists() else read_site(b"")
    head = preview_head(entries, problems)
    if found and not problems:
        head += f"\nOther entries have {len(found)} problems (`make check`), so how these will look cannot be shown.\n"
    if found or isinstance(site, Problem):  # what is inconsistent cannot be shown
        return head, problems
    return head + "".join(_sections(root, entries, catalogue, facts, site)), problems


def _own(found: Sequence[Problem], changes: Sequence[Change]) -> Iterator[Problem]:
    """Problems in changed files, and those elsewhere that name one: who refers to what was removed, say."""
    paths = {change.path for change in changes}
    names = {f"`{Path(path).stem}`" for path in paths} | paths
    return (one for one in found if one.path in paths or any(name in one.text for name in names))


def _sections(root: Path, entries: Sequence[Change], catalogue: Catalogue, facts: Facts, site: Site) -> Iterator[str]:
    ground = Ground(make_view(catalogue, facts))
    paths = {change.path for change in entries}
    rows = {row.path: row for row in ground.view.rows.values() if row.path in paths}
    links = root / FOLDER / "links.json"
    signals = Signals(troubles(links.read_text(encoding="utf-8", errors="replace") if links.exists() else ""))
    _, decisions, _ = load_declined(root)
    added = {change.path for change in entries if change.state == "new"}
    ticked = {
        path: [
            *criteria(row, ground.view, signals, decisions),
            *(_alike(path, catalogue.listings, facts) if path in added else ()),
        ]
        for path, row in rows.items()
    }
    return preview_entries(entries, rows, ticked, ground, site)


def _alike(path: str, listings: Sequence[Listing], facts: Facts) -> Iterator[Criterion]:
    """What a reviewer should compare a new entry with; rules and criteria tell what is certainly the same."""
    mine = next(listing for listing in listings if listing.path == path)
    others = [listing for listing in listings if listing is not mine]
    for likeness in likenesses(newcomer_of(mine.entry), others, facts, ()):
        if not likeness.certain:
            yield Criterion(None, likeness.text)


def _changes(root: Path, start: str) -> Iterator[Change]:
    """What differs from the beginning of the branch, what is not committed yet included."""
    parts = _git(root, "diff", "--name-status", "--no-renames", "-z", start).split("\0")[:-1]
    for letter, path in zip(parts[::2], parts[1::2], strict=True):
        yield Change(path, SINCE.get(letter[:1], "changed"))
    for path in _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", "data").split("\0")[:-1]:
        yield Change(path, "new")


def _regions(root: Path, start: str, path: str) -> tuple[str | None, str | None]:
    """The generated part of a file then and now; None where there is none, which is a problem of its own."""
    try:
        before = _git(root, "show", f"{start}:{path}")
    except _GitError:
        before = ""
    after = (root / path).read_text(encoding="utf-8", errors="replace") if (root / path).exists() else ""
    found = (inside(text, REGIONS[path], path) for text in (before, after))
    then, now = (text if isinstance(text, str) else None for text in found)
    return then, now


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)  # noqa: S603, S607
    if done.returncode:
        raise _GitError
    return done.stdout.decode("utf-8", "surrogateescape")


if __name__ == "__main__":
    sys.exit(main())
