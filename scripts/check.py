"""Finds every problem of every entry: ``python -m scripts.check [PATH…] [--format text|github]``.

Exit status: 0 nothing wrong, 1 problems, 2 wrong usage.
"""

import argparse
import datetime as dt
import sys
from pathlib import Path

from scripts.catalogue.load import load
from scripts.catalogue.problems import Problem
from scripts.command.options import begin
from scripts.facts.audit import audit


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.check", description="Find every problem of every entry.")
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="report only problems in these files or folders"
    )
    parser.add_argument("--format", choices=("text", "github"), default="text", help="github: workflow annotations")
    options, root = begin(parser, arguments)
    catalogue = load(root)
    _, problems = audit(root, catalogue, dt.datetime.now(dt.UTC).date())
    if options.paths:
        problems = _within(problems, [_inside(path, root, parser) for path in options.paths])
    for problem in problems:
        print(problem.annotation() if options.format == "github" else problem)
    summary = f"{len(catalogue.listings)} entries read, {len(problems)} problem{'' if len(problems) == 1 else 's'}."
    print(summary, file=sys.stderr)
    return 1 if problems else 0


def _inside(path: Path, root: Path, parser: argparse.ArgumentParser) -> str:
    """A path as problems name it. Also finds files that were given from the root rather than from here."""
    for candidate in (path.absolute(), root / path):
        is_link = candidate.is_symlink()  # a problem in itself, so it stands for itself and not for its target
        place = candidate.parent.resolve() / candidate.name if is_link else candidate.resolve()
        if (is_link or candidate.exists()) and place.is_relative_to(root):
            return place.relative_to(root).as_posix()
    return parser.error(f"{path} is not a file or folder of {root}. Name one below `data/`.")


def _within(problems: list[Problem], places: list[str]) -> list[Problem]:
    return [
        problem
        for problem in problems
        if any(place in {".", problem.path} or problem.path.startswith(f"{place}/") for place in places)
    ]


if __name__ == "__main__":
    sys.exit(main())
