"""Absolute addresses. Pages link relatively; what leaves the site (data, feeds, badges) cannot."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from scripts.catalogue.document import parse
from scripts.catalogue.problems import Problem
from scripts.render import places
from scripts.render.parts import address

FOUNDED = "2026-11-22"  # the day in tag URIs on which the host was ours; part of every id, so it never changes

SETTINGS = "mkdocs.yml"
# What it says of the site, in the order of Site's fields, each with an example.
_NAMED = {
    ("site_name",): "site_name: Awesome ASGI",
    ("site_url",): "site_url: https://owner.github.io/name/",
    ("extra", "repository"): "extra: {repository: https://github.com/owner/name}",
}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the catalogue is. ``address`` ends with a slash; ``project`` is the repository of the catalogue itself."""

    name: str
    address: str
    project: str

    def of(self, place: PurePosixPath) -> str:
        """The address of a page or file below ``docs/``."""
        return self.address + address(places.HOME, place)

    def id(self, *parts: str) -> str:
        """A permanent id (RFC 4151). Parts are slugs, dates and names without spaces."""
        where = urlsplit(self.address)
        folder = where.path.strip("/")
        return f"tag:{where.hostname},{FOUNDED}:{'/'.join((folder, *parts) if folder else parts)}"


def read_site(settings: bytes) -> Site | Problem:
    """The site of the content of mkdocs.yml; a problem where it does not say all of it."""
    value = parse(SETTINGS, settings).value
    named: list[str] = []
    for keys, example in _NAMED.items():
        found = value
        for key in keys:
            found = found.get(key) if isinstance(found, dict) else None
        if not isinstance(found, str):
            return Problem(SETTINGS, 1, 1, f"`{'.'.join(keys)}` is missing. Write it there, as in `{example}`.")
        named.append(found)
    name, address, project = named
    return Site(name, f"{address.rstrip('/')}/", project)
