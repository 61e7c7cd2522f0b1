"""Renders README, schemas, issue forms and pages: ``python -m scripts.build [--check] [--allow-shrink]``.

Exit status: 0 the disk matches, 1 problems or (with --check) differences, 2 wrong usage.
"""

import argparse
import datetime as dt
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from scripts.catalogue.load import load
from scripts.catalogue.problems import Problem
from scripts.command.options import begin
from scripts.facts.audit import audit
from scripts.facts.changes import load_changes
from scripts.facts.history import load_history
from scripts.facts.measured import load_lab_facts
from scripts.intake import forms
from scripts.render import readme
from scripts.render.everything import DOCS, FRAMED, OWNED, README, render
from scripts.render.files import Content, apply, compare, encoded
from scripts.render.places import CATALOGUE
from scripts.render.region import inside
from scripts.render.site import SETTINGS, Site, read_site
from scripts.view.rows import make_view

MOST_LOST = 0.05
_LISTED = re.compile(r"^- \[.*?\]\((https://[^)]+)\)", re.MULTILINE)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.build", description="Render README, schemas and pages.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing, list what differs, exit 1 if anything does"
    )
    parser.add_argument(
        "--allow-shrink", action="store_true", help="publish even if more than 5 %% of the entries vanish"
    )
    options, root = begin(parser, arguments)
    texts = rendered(root)
    if isinstance(texts, list):
        return _report(texts)
    difference = compare(root, texts, (*OWNED, *forms.OWNED))
    if options.check:
        for path in (*difference.write, *difference.delete):
            print(f"{path}:1:1: Differs from what the data says. Run `make build`.")
        return 1 if difference else 0
    if not options.allow_shrink and (refusal := shrinkage(root, texts)):
        return _report([refusal])
    problems = apply(root, texts, difference)
    print(f"{len(texts)} files, {len(difference.write)} written, {len(difference.delete)} removed.", file=sys.stderr)
    return _report(problems)


def rendered(root: Path) -> dict[PurePosixPath, Content] | list[Problem]:
    """Every generated file, or the problems that stand in the way."""
    catalogue = load(root)
    facts, problems = audit(root, catalogue, dt.datetime.now(dt.UTC).date())
    events, unreadable = load_changes(root)
    months, more = load_history(root)
    problems += [*unreadable, *more]
    frames: dict[PurePosixPath, str] = {}
    for path in FRAMED:
        try:
            frames[path] = (root / path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = f"Cannot be read ({type(error).__name__}). Restore it: `git checkout -- {path}`."
            problems.append(Problem(path.as_posix(), 1, 1, reason))
    site = site_of(root)
    if isinstance(site, Problem):
        problems.append(site)
    if problems or isinstance(site, Problem):
        return problems
    measured, _ = load_lab_facts(root)  # its problems are among those of the audit
    view = make_view(catalogue, facts, events, months, measured)
    texts = render(view, frames, site)
    return texts if isinstance(texts, list) else {**texts, **forms.form_files(view.vocabularies)}


def site_of(root: Path) -> Site | Problem:
    """Name and address of the site, and of the catalogue's own repository, which mkdocs.yml names."""
    try:
        return read_site((root / SETTINGS).read_bytes())
    except OSError:
        return read_site(b"")


def shrinkage(root: Path, texts: Mapping[PurePosixPath, Content]) -> Problem | None:
    """A refusal, where more than 5 % of the entries that are on disk would vanish from the README or the pages."""
    old_readme = inside((root / README).read_text(encoding="utf-8"), readme.REGION, README.as_posix())
    old_links = set(_LISTED.findall(old_readme)) if isinstance(old_readme, str) else set()
    new_readme = encoded(texts[README]).decode()
    old_pages = {path.relative_to(root).as_posix() for path in (root / DOCS / CATALOGUE).rglob("*.md")}
    for what, old, new in (
        ("entries of the README", old_links, set(_LISTED.findall(new_readme))),
        ("pages of the catalogue", old_pages, {path.as_posix() for path in texts}),
    ):
        if len(old - new) > MOST_LOST * len(old):
            example = min(old - new)
            text = f"{len(old - new)} of {len(old)} {what} would vanish, {example} among them; nothing was written."
            return Problem(README.as_posix(), 1, 1, f"{text} If that is right, run again with --allow-shrink.")
    return None


def _report(problems: Iterable[Problem]) -> int:
    problems = sorted(problems)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
