"""Says which entries need a human, and what to do: ``python -m scripts.report [--markdown] [--most N]``.

Exit status: 0 the report was written, 1 the data cannot be read, 2 wrong usage.
"""

import argparse
import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.catalogue.load import load
from scripts.catalogue.problems import Problem
from scripts.catalogue.rules import problems_of
from scripts.command.options import begin
from scripts.facts.changes import load_changes
from scripts.facts.store import FOLDER, load_facts
from scripts.render.attention import report_issue, report_text
from scripts.render.site import SETTINGS, Site, read_site
from scripts.view.attention import Signals, attention
from scripts.view.rows import View, make_view
from scripts.view.signals import linked_entries, troubles

WRITTEN = ("docs/guide", "docs/index.md")  # pages that people write, and on which they recommend


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.report", description="Say which entries need a human.")
    parser.add_argument("--markdown", action="store_true", help="the text of one tracking issue")
    parser.add_argument("--most", type=int, default=25, metavar="N", help="list no more of one matter (default: 25)")
    options, root = begin(parser, arguments)
    view, site = _view(root), read_site(_bytes(root / SETTINGS))
    problems = [*(view if isinstance(view, list) else ()), *([site] if isinstance(site, Problem) else ())]
    if isinstance(view, list) or not isinstance(site, Site):
        print(*sorted(problems), sep="\n")
        return 1
    links = _bytes(root / FOLDER / "links.json").decode("utf-8", "replace")
    concerns = attention(view, Signals(troubles(links), linked_entries(dict(_pages(root)))))
    text = report_issue(concerns, view, site) if options.markdown else report_text(concerns, view, options.most)
    print(text, end="")
    return 0


def _view(root: Path) -> View | list[Problem]:
    """The view. Disagreements between entries and facts do not stand in the way: the report is about them."""
    catalogue = load(root)
    facts, problems = load_facts(root)
    events, unreadable = load_changes(root)
    problems += [*unreadable, *problems_of(catalogue, dt.datetime.now(dt.UTC).date())]
    return problems or make_view(catalogue, facts, events)


def _pages(root: Path) -> Iterator[tuple[str, str]]:
    for place in WRITTEN:
        target = root / place
        for path in sorted(target.glob("*.md")) if target.is_dir() else [target]:
            yield path.relative_to(root).as_posix(), _bytes(path).decode("utf-8", "replace")


def _bytes(path: Path) -> bytes:
    """What stands in a file that may be missing."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


if __name__ == "__main__":
    sys.exit(main())
