"""The trends: plots with their numbers in a table, and a sentence on where those come from and what they leave out."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import htpy as h

from scripts.render import places
from scripts.render.markdown import escape, front_matter, link, plural, relative
from scripts.render.plots import WIDTH, height, names, plot
from scripts.view import trends
from scripts.view.counts import Counts, Origin
from scripts.view.rows import View
from scripts.view.trends import ENOUGH_KNOWN, Releases

PAGE = places.TRENDS_INDEX
SOURCES = {"this entry": "the entries themselves"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A plot on the page; ``label`` names what the bars are, ``id`` its files."""

    id: str
    title: str
    label: str
    counts: Counts
    lying: bool = False
    most: int = 0


def trends_files(view: View) -> Iterator[tuple[PurePosixPath, str]]:
    """The page ``/trends/`` and its plots, by path below ``docs/``."""
    parts = [*_parts(view)]
    head = front_matter(
        "Trends", description="The ASGI ecosystem in plots, with all numbers.", search={"exclude": True}
    )
    body = "\n\n".join(_html(part) if isinstance(part, Figure) else part for part in parts)
    yield PAGE, f"{head}# Trends\n\n{body}\n"
    for figure in parts:
        if isinstance(figure, Figure):
            drawn = plot(figure.title, figure.counts, lying=figure.lying, most=figure.most)
            for (name, _), text in zip(names(figure.id), drawn, strict=True):
                yield places.TRENDS / name, text


def _parts(view: View) -> Iterator[str | Figure]:
    """Paragraphs of Markdown and figures, in the order of the page."""
    yield (
        f"What is in the catalogue, counted as of {view.as_of}. What is not known is not drawn, and every section says"
        " how much that is. A catalogue knows what somebody has found: of early years and of small projects, less."
        "\n\nStacked bars follow their legend, from the axis on. Below each plot, a table has its numbers."
    )
    yield from _releases(view)
    yield from _activity(view)
    yield from _beginnings(view)
    yield from _pythons(view)
    yield from _licenses(view)
    yield from _publications(view)
    yield from _over_time(view)


def _releases(view: View) -> Iterator[str | Figure]:
    found = trends.releases(view)
    yield "## Releases"
    if found.counts.series:
        yield (
            f"Releases of {plural(found.counts.known, 'package')} in quarters that were over on {view.as_of}; withdrawn"
            f" ones are not counted. {found.earlier:,} older ones are not drawn."
            f"{_unknown(found.counts, 'package')}{_read(found.counts.origin)}"
        )
        yield Figure("releases", "Releases per quarter by kind", "Quarter", found.counts)
    if missing := [*_not_drawn(found)]:
        yield (
            f"Not known yet: {'; '.join(missing)}. A kind is drawn when the releases of {ENOUGH_KNOWN * 100:.0f} % of"
            " its packages are known."
        )


def _not_drawn(found: Releases) -> Iterator[str]:
    drawn = {one.name for one in found.counts.series}
    for title, (known, there) in found.coverage.items():
        if title not in drawn:
            yield f"{escape(title.lower())} ({known} of {plural(there, 'package')} known)"


def _activity(view: View) -> Iterator[str | Figure]:
    tables = [*trends.activity(view)]
    criteria = link("the criteria", relative(PAGE, PurePosixPath("criteria.md")))
    yield "## Activity by category"
    yield (
        f"Every entry of software as of {view.as_of}. A component is as active as what ships it; {criteria} say what"
        " the words mean."
    )
    most = max((max(counts.totals) for _, counts in tables), default=0)
    for kind, counts in tables:
        yield f"### {escape(kind.title)}"
        yield f"{plural(counts.known, 'entry', 'entries')}.{_read(counts.origin)}"
        yield Figure(f"activity-{kind.id}", f"{kind.title} by category and activity", "Category", counts, True, most)


def _beginnings(view: View) -> Iterator[str | Figure]:
    counts = trends.beginnings(view)
    yield "## Age"
    yield (
        f"{plural(counts.known, 'project')} by the year of the first release or of the repository, whichever is older."
        f"{_unknown(counts, 'project')}{_read(counts.origin)}"
    )
    if counts.labels:
        yield Figure("beginnings", "Projects by the year in which they began", "Year", counts)


def _pythons(view: View) -> Iterator[str | Figure]:
    tables = trends.pythons(view)
    yield "## Python versions"
    for id_, title, words in (
        ("allowed", "Versions that packages allow", "Versions that `Requires-Python` of the latest release allows"),
        ("named", "Versions that packages name", "Versions that the classifiers of the latest release name"),
    ):
        counts = tables[id_]
        yield f"### {title}"
        yield f"{words}, of {plural(counts.known, 'package')}.{_unknown(counts, 'package')}{_read(counts.origin)}"
        if counts.labels:
            yield Figure(f"pythons-{id_}", title, "Python", counts)


def _licenses(view: View) -> Iterator[str | Figure]:
    families, each = trends.license_families(view), trends.licenses(view)
    yield "## Licences"
    yield (
        f"{plural(each.known, 'project')} by what the licence asks, and by its SPDX identifier."
        f"{_unknown(each, 'project')}{_read(each.origin)}"
    )
    if each.labels:
        yield Figure("license-families", "Projects by family of licence", "Family", families, lying=True)
        yield Figure("licenses", "Projects by licence", "Licence", each, lying=True)


def _publications(view: View) -> Iterator[str | Figure]:
    years, languages = trends.publications(view), trends.languages(view)
    yield "## Publications"
    yield (
        f"{plural(len(view.publications), 'publication')} about ASGI as of {view.as_of}, as their entries have them."
        f" {years.unknown:,} have no known date, {languages.unknown:,} no known language."
    )
    if years.labels:
        yield Figure("publications", "Publications per year", "Year", years)
    if languages.labels:
        yield Figure("languages", "Publications by language", "Language", languages, lying=True)


def _over_time(view: View) -> Iterator[str | Figure]:
    yield "## Stars and downloads"
    for what, title, noun, nouns in (
        ("stars", "Stars", "repository", "repositories"),
        ("downloads", "Downloads in thirty days", "package", "packages"),
    ):
        counts = trends.over_time(view, what)  # type: ignore[arg-type]  # one of two literals
        yield f"### {title}"
        if len(counts.labels) < 2:
            since = f"only those of {counts.labels[0]}" if counts.labels else "none"
            yield f"Figures are kept once a month, and so far there are {since}. A plot needs two months."
            continue
        yield (
            f"The sum over the {plural(counts.known, noun, nouns)} with a figure in each of these months, as kept at"
            f" the last refresh of each. Those with figures of some months only ({counts.unknown:,}) are left out."
        )
        yield Figure(what, f"{title} by month", "Month", counts)


def _unknown(counts: Counts, noun: str) -> str:
    return f" It is not known of {plural(counts.unknown, f'more {noun}')}." if counts.unknown else ""


def _read(origin: Origin | None) -> str:
    """When and where the facts were read."""
    if origin is None:
        return ""
    days = f"on {origin.first}" if origin.first == origin.last else f"between {origin.first} and {origin.last}"
    sources = ", ".join(escape(SOURCES.get(source, source)) for source in origin.sources)
    return f" Read {days} from: {sources}."


def _html(figure: Figure) -> str:
    """The plot for either scheme, and its numbers. A block of HTML without a blank line, as Markdown wants it."""
    alt = _alternative(figure)
    size = {"width": WIDTH, "height": height(figure.counts, lying=figure.lying)}
    return str(
        h.figure(".plot")[
            (h.img(src=f"{name}{mark}", alt=alt, loading="lazy", **size) for name, mark in names(figure.id)),
            h.details[h.summary[f"Numbers: {figure.title}"], _table(figure)],
        ]
    )


def _alternative(figure: Figure) -> str:
    counts = figure.counts
    most = max(counts.totals)
    highest = counts.labels[counts.totals.index(most)]
    reach = f" from {counts.labels[0]} to {counts.labels[-1]}" if len(counts.labels) > 1 else ""
    return (
        f"Plot: {figure.title}, {plural(len(counts.labels), 'bar')}{reach}. The longest is {highest} with {most:,}."
        " All numbers are in the table below."
    )


def _table(figure: Figure) -> h.Element:
    counts = figure.counts
    several = len(counts.series) > 1
    columns = [*(one.values for one in counts.series), *([counts.totals] if several else [])]
    heads = [figure.label, *(one.name for one in counts.series), *(["Total"] if several else [])]
    return h.div(".scroll", tabindex="0", role="region", aria_label=figure.title)[
        h.table(".numbers")[
            h.thead[h.tr[(h.th(scope="col")[head] for head in heads)]],
            h.tbody[
                (
                    h.tr[h.th(scope="row")[label], (h.td[f"{number:,}"] for number in numbers)]
                    for label, numbers in zip(counts.labels, zip(*columns, strict=True), strict=True)
                )
            ],
        ]
    ]
