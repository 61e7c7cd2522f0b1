"""The list in README.md: living entries, one line each, by kind and category."""

from collections.abc import Iterator, Sequence

from scripts.catalogue.vocabularies import Kind
from scripts.render.markdown import escape, link, plural
from scripts.view.activity import Activity
from scripts.view.rows import PublicationRow, Row, SoftwareRow, View, newest_first

REGION = "catalogue"


def readme_region(view: View) -> str:
    """Everything between the markers. Ended and dormant projects are left out; what is not active is folded."""
    kinds = [(kind, listed(view, kind)) for kind in view.vocabularies.kinds.values()]
    kinds = [(kind, rows) for kind, rows in kinds if rows]
    return "\n".join([*_preamble(view), *_contents(view, kinds), *_sections(view, kinds)]) + "\n"


def listed(view: View, kind: Kind) -> Sequence[Row]:
    """The rows of a kind that stand in the README."""
    return [row for row in view.of_kind(kind.id) if isinstance(row, PublicationRow) or row.activity.alive]


def _preamble(view: View) -> Iterator[str]:
    left_out = sum(not row.activity.alive for row in view.software)
    counts = (
        f"{plural(len(view.software) - left_out, 'living project')} and {plural(len(view.publications), 'publication')}"
    )
    yield f"As of {view.as_of}: {counts}. The site's archive keeps {left_out} more, ended or dormant."
    yield "Projects without a release or commit in the last twelve months are folded below those that have one."
    yield ""


def _contents(view: View, kinds: Sequence[tuple[Kind, Sequence[Row]]]) -> Iterator[str]:
    yield "## Contents"
    yield ""
    for kind, rows in kinds:
        yield f"- [{kind.title}](#{_anchor(kind.title)}) ({len(rows)})"
        for term, members in view.groups(kind, rows):
            yield f"  - [{term.title}](#{_anchor(term.title)}) ({len(members)})"
    yield ""


def _anchor(heading: str) -> str:
    """The anchor GitHub gives a heading: lower case, punctuation dropped, spaces to hyphens."""
    kept = "".join(character for character in heading.casefold() if character.isalnum() or character in " -_")
    return kept.replace(" ", "-")


def _sections(view: View, kinds: Sequence[tuple[Kind, Sequence[Row]]]) -> Iterator[str]:
    for kind, rows in kinds:
        yield from (f"{_quoting(rows)}## {escape(kind.title)}", "", f"_{kind.description}_", "")
        for term, members in view.groups(kind, rows):
            yield from (f"### {escape(term.title)}", "", f"_{term.description}_", "")
            yield from _lines(members)


def _quoting(rows: Sequence[Row]) -> str:
    """Titles stand as published, however they spell a word; awesome-lint reads this comment."""
    return "<!--lint disable awesome-spell-check-->\n" if isinstance(rows[0], PublicationRow) else ""


def _lines(rows: Sequence[Row]) -> Iterator[str]:
    publications = newest_first(row for row in rows if isinstance(row, PublicationRow))
    if publications:
        yield from (_publication(row) for row in publications)
        yield ""
        return
    software = [row for row in rows if isinstance(row, SoftwareRow)]
    shown = [row for row in software if row.activity is Activity.ACTIVE]
    folded = [row for row in software if row.activity is not Activity.ACTIVE]
    if not shown:
        shown, folded = folded, []
    yield from (_software(row) for row in shown)
    yield ""
    if folded:
        yield f"<details><summary>{len(folded)} more, without a release or commit in the last year</summary>"
        yield ""
        yield from (_software(row) for row in folded)
        yield from ("", "</details>", "")


def _software(row: SoftwareRow) -> str:
    return f"- {link(row.name, row.link)} - {escape(row.entry.description)}{_figures(row)}"


def _figures(row: SoftwareRow) -> str:
    """What is known, each with its date, as one short sentence."""
    figures = []
    if row.package and row.package.last_release:
        figures.append(f"released {row.package.last_release}")
    elif row.last_sign:
        figures.append(f"last commit {row.last_sign}")
    if stars := row.stars:
        figures.append(f"{stars.count:,} stars on {stars.observed}")
    return f" _{row.activity.capitalize()}: {', '.join(figures)}._" if figures else ""


def _publication(row: PublicationRow) -> str:
    entry = row.entry
    details = [" and ".join(entry.authors) if len(entry.authors) < 3 else f"{entry.authors[0]} and others"]
    details += [entry.event or "", entry.published or ""]
    suffix = ", ".join(escape(detail) for detail in details if detail)
    return f"- {link(row.name, row.link)} - {escape(entry.summary[:-1])}{f' ({suffix})' if suffix else ''}."
