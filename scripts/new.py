"""Proposes an entry from an address or a name and writes it: ``python -m scripts.new URL|PACKAGE [--kind …]``.

Asks forge and package index, then the person whatever they do not know. Every field is a flag, too; ``--yes`` asks
nothing. Never overwrites a file.

Exit status: 0 one file was written, 1 nothing was written, 2 wrong usage.

Environment: GITHUB_TOKEN or GH_TOKEN (optional: more questions an hour), GITLAB_TOKEN (optional), and for tests the
addresses GITHUB_API_URL, GITLAB_API_URL, FORGEJO_API_URL and PACKAGE_INDEX_URL.
"""

import argparse
import datetime as dt
import gc
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from scripts.catalogue import disk
from scripts.catalogue.declined import load_declined
from scripts.catalogue.document import Value, parse
from scripts.catalogue.fields import SLUG
from scripts.catalogue.load import load
from scripts.catalogue.models import MODELS
from scripts.catalogue.problems import Problem
from scripts.command.options import begin
from scripts.facts.store import load_facts
from scripts.facts.targets import FORGEJO, GITHUB, GITLAB
from scripts.intake.draft import Desk
from scripts.intake.fields import by_flag, infos, is_list, nested, split
from scripts.intake.gathered import OFFLINE, Gathered
from scripts.intake.session import Options, Session
from scripts.intake.target import Target, read_target
from scripts.render.site import Site

USER_AGENT = "awesome-asgi (https://github.com/awesome-asgi/awesome-asgi)"
PATIENCE = 6.0  # seconds for one answer: somebody sits and waits
NOTHING = "Nothing was written."


def today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def main(
    arguments: Sequence[str] | None = None,
    read: Callable[[str], str] = input,
    clock: Callable[[], dt.date] = today,
) -> int:
    parser = _parser()
    options, root = begin(parser, arguments)
    if options.slug is not None and not re.fullmatch(SLUG, options.slug):
        parser.error("--slug is lower-case ASCII words joined by hyphens, as in `asgi-csrf`.")
    index = urlsplit(_index()).hostname if "/project/" in options.target else None
    target = read_target(options.target, index or "")
    if isinstance(target, str):
        print(target)
        return 2
    desk = _desk(root, clock())
    if isinstance(desk, list):
        print(*desk, "Mend these problems of the catalogue first.", NOTHING, sep="\n")
        return 1
    gathered = Gathered(notes=(OFFLINE,)) if options.offline else _asked(target, desk.today)
    given = Options(options.kind or "", options.slug or "", _flags(options), yes=options.yes, anyway=options.anyway)
    session = Session(desk, target, gathered, given, read, print, _site(root))
    try:
        draft = session.draft()
    except (EOFError, KeyboardInterrupt):
        print()
        draft = None
    if draft is None:
        print(NOTHING)
        return 1
    return _written(root, draft.path(desk.vocabularies), draft.text)


def _written(root: Path, path: PurePosixPath, text: str) -> int:
    """Writes the file where none is."""
    try:
        disk.create(root, path, text.encode("utf-8"))
    except FileExistsError:
        print(f"{path} is there already and stays as it is. Choose another --slug. {NOTHING}")
        return 1
    except OSError as error:
        print(f"{path} cannot be written ({error.strerror}). Check permissions and free space. {NOTHING}")
        return 1
    print(f"\nWritten: {path}\nRun `make check`, then open a pull request with this one file.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.new", description="Propose an entry and write its file.")
    parser.add_argument(
        "target", metavar="URL|PACKAGE", help="a repository, a package, or the address of a publication"
    )
    parser.add_argument("--kind", choices=[*MODELS], help="what it is (default: asked for, or that of the category)")
    parser.add_argument("--slug", help="the name of the file (default: made of package or name)")
    parser.add_argument("--yes", action="store_true", help="ask nothing: take flags and proposals, or stop")
    parser.add_argument("--anyway", action="store_true", help="propose again what was declined")
    parser.add_argument("--offline", action="store_true", help="ask neither forge nor package index")
    group = parser.add_argument_group("fields", "several values of one field are separated by commas")
    for flag, place in by_flag().items():
        group.add_argument(f"--{flag}", dest=".".join(place), metavar="TEXT", help=_help(place))
    return parser


def _help(place: tuple[str, ...]) -> str:
    for model in MODELS.values():
        fields = infos(model)
        if place[0] in fields:
            inner = nested(fields[place[0]])
            info = infos(inner)[place[1]] if inner and len(place) > 1 else fields[place[0]]
            return (info.description or "").replace("%", "%%")
    raise AssertionError(place)


def _flags(options: argparse.Namespace) -> dict[str, Value]:
    """The fields that were given, as a file would say them."""
    found: dict[str, Value] = {}
    for place in by_flag().values():
        said = getattr(options, ".".join(place))
        if said is None:
            continue
        value: Value = [*split(said)] if _is_list(place) else said.strip()
        if len(place) == 1:
            found[place[0]] = value
        else:
            inner = found.setdefault(place[0], {})
            if isinstance(inner, dict):
                inner[place[1]] = value
    return found


def _is_list(place: tuple[str, ...]) -> bool:
    for model in MODELS.values():
        info = infos(model).get(place[0])
        if info is not None:
            inner = nested(info)
            return is_list(infos(inner)[place[1]] if inner and len(place) > 1 else info)
    return False


def _desk(root: Path, day: dt.date) -> Desk | list[Problem]:
    """What the newcomer is held against, or the problems of shape that stand in the way."""
    catalogue = load(root)
    facts, broken = load_facts(root)
    _, decisions, unreadable = load_declined(root)
    problems = [*catalogue.problems, *broken, *unreadable]
    if catalogue.vocabularies is None or problems:
        return sorted(problems)
    return Desk(catalogue, catalogue.vocabularies, facts, decisions, day)


def _asked(target: Target, day: dt.date) -> Gathered:
    """What forge and index say."""
    import requests  # noqa: PLC0415  # a fifth of a second, together, that --offline need not wait

    from scripts.facts.http import Client  # noqa: PLC0415
    from scripts.intake.gather import Sources, gather  # noqa: PLC0415

    def session() -> requests.Session:
        made = requests.Session()
        made.headers["User-Agent"] = USER_AGENT
        return made

    environment = os.environ
    token = environment.get("GITHUB_TOKEN") or environment.get("GH_TOKEN")
    gitlab_token = environment.get("GITLAB_TOKEN")
    sources = Sources(
        Client(session, time.time, time.sleep, max_wait=0, timeout=PATIENCE),
        {
            GITHUB: environment.get("GITHUB_API_URL", "https://api.github.com").rstrip("/"),
            GITLAB: environment.get("GITLAB_API_URL", "https://gitlab.com/api/v4"),
            FORGEJO: environment.get("FORGEJO_API_URL", "https://codeberg.org/api/v1"),
        },
        {
            GITHUB: {"Authorization": f"bearer {token}"} if token else {},
            GITLAB: {"PRIVATE-TOKEN": gitlab_token} if gitlab_token else {},
        },
        environment.get("PACKAGE_INDEX_URL") or _index(),
    )
    return gather(target, sources, day)


def _index() -> str:
    """Where the package index is."""
    from scripts.facts.packages import DEFAULT_ADDRESS  # noqa: PLC0415  # loads slowly, too

    return DEFAULT_ADDRESS


def _site(root: Path) -> Site:
    """What mkdocs.yml says of the site, for the preview; nothing where it says nothing."""
    try:
        settings = parse("mkdocs.yml", (root / "mkdocs.yml").read_bytes()).value
    except OSError:
        settings = None
    settings = settings if isinstance(settings, dict) else {}
    extra = settings.get("extra")
    project = extra.get("repository") if isinstance(extra, dict) else None
    name, address, project = (
        said if isinstance(said, str) else "" for said in (settings.get("site_name"), settings.get("site_url"), project)
    )
    return Site(name, f"{address.rstrip('/')}/", project)


if __name__ == "__main__":
    gc.disable()  # a short run that keeps what it reads: collecting costs it a tenth of a second
    sys.exit(main())
