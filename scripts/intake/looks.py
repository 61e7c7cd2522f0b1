"""How a newcomer will look: its line in the README and its page."""

import re
from dataclasses import dataclass
from html import unescape

from scripts.facts.store import Facts
from scripts.intake.draft import Verdict
from scripts.render import readme
from scripts.render.entry import entry_page
from scripts.render.site import Site
from scripts.view.comparison import Ground
from scripts.view.rows import Row, View, make_view

# Of pages that we render ourselves; whatever people wrote is escaped in them.
_PLAIN = (
    (re.compile(r"(?:</(?:dd|li|p|tr|div|caption|h\d)>)+"), "\n"),
    (re.compile(r"</(?:dt|th)>"), ": "),
    (re.compile(r"</(?:span|summary)>|<br>"), " · "),
    (re.compile(r"</?[a-z][^>]*>"), ""),
    (re.compile(r" ?\{[^}\n]*\}"), ""),
    (re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"\*\*|^\| --- .*\n", re.MULTILINE), ""),
    (re.compile(r"(?: *·)+ +"), " · "),
    (re.compile(r" *· *(?=\||$)", re.MULTILINE), " "),
    (re.compile(r"(?: |:(?= ·)|(?<=:):)+$", re.MULTILINE), ""),
    (re.compile(r"\n{2,}"), "\n\n"),
)


@dataclass(frozen=True, slots=True)
class Looks:
    """Of one row. The page is rendered when it is asked for: it compares the entry with its neighbours."""

    row: Row
    view: View
    site: Site

    @property
    def line(self) -> str:
        """Markdown."""
        return readme.line(self.row)

    @property
    def page(self) -> str:
        """The page for a terminal."""
        return readable(entry_page(self.row, Ground(self.view), self.site))


def readable(page: str) -> str:
    """A page of ours without its head, its HTML and the targets of its links."""
    text = page.partition("---\n\n")[2]
    for pattern, plain in _PLAIN:
        text = pattern.sub(plain, text)
    return unescape(text).strip()


def looks(verdict: Verdict, facts: Facts, slug: str, site: Site) -> Looks | None:
    """None where problems of this or other entries stand in the way of rendering."""
    if verdict.catalogue is None or not verdict.sound or verdict.findings:
        return None
    view = make_view(verdict.catalogue, facts)
    return Looks(view.rows[slug], view, site)
