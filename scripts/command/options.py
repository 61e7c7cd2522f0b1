"""The head of every command."""

import argparse
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from scripts.catalogue.load import Listing
from scripts.catalogue.problems import suggestion

ROOT = Path(__file__).resolve().parents[2]


def begin(parser: argparse.ArgumentParser, arguments: Sequence[str] | None) -> tuple[argparse.Namespace, Path]:
    """The options, and the repository that ``--root`` names. Ends the program with status 2 if that is none."""
    parser.add_argument("--root", type=Path, default=ROOT, help="the repository (default: this one)")
    options = parser.parse_args(arguments)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a message may quote what the terminal cannot show
    root: Path = options.root.resolve()
    if not (root / "data").is_dir():
        parser.error(f"{options.root} has no folder `data`. Name the root of the repository.")
    return options, root


def named_entries(listings: Sequence[Listing], slugs: Sequence[str]) -> Sequence[Listing] | str:
    """The entries that somebody named, all if nobody named any; or what is wrong with a name."""
    known = {listing.slug: listing for listing in listings}
    for slug in slugs:
        if slug not in known:
            return f"`{slug}` is no entry. {suggestion(slug, known)}"
    return [known[slug] for slug in slugs] or listings
