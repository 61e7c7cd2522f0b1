"""Absolute addresses. Pages link relatively; what leaves the site (data, feeds, badges) cannot."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from scripts.render import places
from scripts.render.parts import address

FOUNDED = "2026-11-22"  # the day in tag URIs on which the host was ours; part of every id, so it never changes


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
