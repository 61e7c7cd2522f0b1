"""Facts on an entry's page: the most asked ones as a line on top, then all of them by the day and source of reading."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup

from scripts.render.parts import origin_text
from scripts.view.packages import more_of_package, more_of_repository
from scripts.view.rows import SoftwareRow
from scripts.view.values import Origin, Value

Values = Mapping[str, Value]
ON_TOP = {
    "version": "Latest version",
    "released": "Last release",
    "license": "Licence",
    "python": "Python",
    "vulnerabilities": "Known vulnerabilities",
}
# In the table, by name. What the page says elsewhere (what it is, what it fits) is not said again.
SHOWN = {
    "version": "Latest version",
    "released": "Last release",
    "first": "First release",
    "python": "Requires Python",
    "allowed": "Installs on Python",
    "declared": "Declared Pythons",
    "license": "Licence",
    "typed": "Ships types",
    "dependencies": "Required distributions",
    "vulnerabilities": "Known vulnerabilities",
    "commit": "Last commit",
    "stars": "Stars",
    "downloads": "Downloads",
}
# Ten thousand rows in all: with htpy they take four times as long. `Markup.format` escapes what it fills in.
_SUMMARY = Markup('<dl class="summary">{}</dl>')
_ASKED = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
_TABLE = Markup('<table class="facts-table">{}</table>')
_BODY = Markup('<tbody><tr><th colspan="2" scope="rowgroup">{}</th></tr>{}</tbody>')
_ROW = Markup('<tr><th scope="row">{}</th><td>{}{}</td></tr>')
_NOTE = Markup(' <span class="facts">{}</span>')


def summary(row: SoftwareRow, values: Values) -> Markup:
    """What most people come for. Without a package there are no versions to speak of, but commits."""
    shown = ON_TOP if row.package else {"commit": "Last commit", "license": "Licence"}
    return _SUMMARY.format(Markup("").join(_ASKED.format(name, values[id_].text) for id_, name in shown.items()))


def facts_table(row: SoftwareRow, values: Values) -> Markup:
    """One body of rows for each day and source, so that both stand beside every value and are read once."""
    found: defaultdict[Origin, list[tuple[str, Value]]] = defaultdict(list)
    for name, value in _facts(row, values):
        if value.origin:
            found[value.origin].append((name, value))
    bodies = (_BODY.format(origin_text(origin), _rows(members)) for origin, members in found.items())
    return _TABLE.format(Markup("").join(bodies)) if found else Markup("")


def _rows(members: Iterable[tuple[str, Value]]) -> Markup:
    return Markup("").join(
        _ROW.format(name, value.text, _NOTE.format(value.note) if value.note else "") for name, value in members
    )


def unknown_facts(row: SoftwareRow, values: Values) -> str:
    """What nobody knows, as one sentence; nothing where all is known."""
    names = [name[0].lower() + name[1:] for name, value in _facts(row, values) if not value.known]
    return f"Unknown: {', '.join(names)}.\n" if names else ""


def _facts(row: SoftwareRow, values: Values) -> Iterator[tuple[str, Value]]:
    for id_, name in SHOWN.items():
        yield name, values[id_]
    for name, value in (*more_of_package(row), *more_of_repository(row)):
        if value.known:
            yield name, value
