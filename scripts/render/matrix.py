"""One table for everything measured of a kind: a row for each probe, a column for each configuration.

Cells are short, since there are thousands: docs/assets/lab.js shows what was observed, from the data of the entry; the
head of a row leads to all answers of a probe, the head of a column to all of a configuration.
"""

from functools import cache
from pathlib import PurePosixPath

import htpy as h
from markupsafe import Markup

from scripts.render import places
from scripts.render.markdown import front_matter, link, plural, relative
from scripts.render.measured import ANCHOR
from scripts.render.parts import address, place_of
from scripts.view.lab import MEANINGS, WORDS, Cell, Group, LabKind, Mark, Sheet, Subject
from scripts.view.rows import View

TITLES: dict[LabKind, str] = {"servers": "Servers", "frameworks": "Frameworks", "middleware": "Middleware"}
_LEVELS = {"must": "required", "should": "recommended", "claim": "if claimed", "policy": "left open"}
_ROW = Markup('<tr data-probe="{}"{}{}><th scope="row"><a href="{}#{}">{}</a> <i>{}</i></th>{}</tr>')
_SOURCE = Markup(' data-source="{}" data-url="{}"')
_CELL = Markup('<td class="{}">{}</td>')
_SIGNS = {Mark.ABSENT, Mark.UNDECIDED}
_SIGN = Markup("<s>{}</s>")
_SAME = Markup(" data-same")
_DOUBT = Markup(" <i>{}</i>")


def matrix_page(sheet: Sheet, view: View) -> str:
    """The page ``/lab/<kind>/``."""
    page = places.lab_kind(sheet.kind)
    title = f"{TITLES[sheet.kind]}, measured"
    description = f"What ASGI {sheet.kind} really do: every probe and every configuration in one table."
    head = front_matter(title, description=description, hide=["navigation", "toc"])
    how = f"{link('How we measure', relative(page, places.LAB_INDEX))}"
    if not sheet.measured:
        return f"{head}# {title}\n\nNothing was measured yet. {how}.\n"
    days = sorted(one.record.measured for one in sheet.measured)
    when = f"on {days[0]}" if days[0] == days[-1] else f"between {days[0]} and {days[-1]}"
    count = plural(len(sheet.measured), "configuration")
    intro = (
        f"{count} and {plural(sum(len(group.probes) for group in sheet.groups), 'probe')}, measured {when}. The head of"
        " a row leads to what a probe does and what came out for everybody, the head of a column to what was observed."
        f" {how}.\n"
    )
    script = h.script(src=address(page, places.LAB_SCRIPT), defer=True)
    table = h.div[_tool(sheet), _legend(sheet), _table(sheet, view, page), _dialog(), script]
    return "\n".join([f"{head}# {title}\n", intro, f"{table}\n", _unmeasured(sheet)])


def _tool(sheet: Sheet) -> h.Element:
    """Hidden until the script runs."""
    return h.form(".lab-filter", hidden=True, role="search")[
        h.label[
            h.span["Find a capability"],
            h.input(type="search", name="q", maxlength="100", autocomplete="off", spellcheck="false"),
        ],
        h.label[
            h.span["Group"],
            h.select(name="group")[
                h.option(value="")["All"], (h.option(value=group.id)[group.title] for group in sheet.groups)
            ],
        ],
        h.label(".lab-filter__switch")[
            h.input(type="checkbox", name="differs", checked=True), f"Only what differs ({_alike(sheet)} do not)"
        ],
        h.output(role="status", aria_live="polite"),
    ]


def _alike(sheet: Sheet) -> str:
    """What the tables leave out unless it is asked for."""
    twins = plural(len(sheet.twins), "configuration")
    return plural(len(sheet.same), "probe") + (f" and {twins}" if sheet.twins else "")


def _legend(sheet: Sheet) -> h.Element:
    held = any(cell.mark is Mark.HELD for one in sheet.subjects for cell in one.cells.values())
    marks = [mark for mark in MEANINGS if held or mark is not Mark.HELD]
    return h.dl(".lab-legend")[
        (h.div[h.dt(class_=f"m {mark[0]}")[h.span[WORDS[mark]]], h.dd[MEANINGS[mark]]] for mark in marks),
        h.div[h.dt["flaky"], h.dd["Repeats differed; what most of them said is shown."]],
        h.div[h.dt["disputed"], h.dd["The project objects; its entry says why."]],
    ]


def _table(sheet: Sheet, view: View, page: PurePosixPath) -> h.Element:
    target = address(page, places.LAB_PROBES)
    return h.div(".matrix-scroll", tabindex="0", role="region", aria_label=f"{TITLES[sheet.kind]}, measured")[
        h.table(".matrix", data_api=address(page, places.API / "entries") + "/")[
            h.caption(".hidden-text")["Answers by probe and configuration"],
            h.colgroup[h.col, (h.col(class_=_twin(subject, sheet) or None) for subject in sheet.measured)],
            h.thead[
                h.tr[h.th(scope="col")["Probe"], (_column(subject, sheet, view, page) for subject in sheet.measured)],
            ],
            (_group(group, sheet, target) for group in sheet.groups),
        ]
    ]


def _twin(subject: Subject, sheet: Sheet) -> str:
    """The class of a column that says nothing new."""
    return "s" if subject.record.subject in sheet.twins else ""


def _column(subject: Subject, sheet: Sheet, view: View, page: PurePosixPath) -> h.Element:
    record = subject.record
    row = view.rows.get(record.entry)
    name = (
        h.a(href=f"{address(page, place_of(row, view.vocabularies))}#{ANCHOR}")[subject.name] if row else subject.name
    )
    twin = _twin(subject, sheet) or None
    return h.th(scope="col", class_=twin, data_entry=record.entry, data_subject=record.subject)[
        name, " ", h.i[record.version]
    ]


def _group(group: Group, sheet: Sheet, target: str) -> h.Element:
    return h.tbody(data_group=group.id)[
        h.tr[h.th(scope="rowgroup")[group.title]],
        (_row(probe, sheet, target) for probe in group.probes),
    ]


def _row(probe: str, sheet: Sheet, target: str) -> Markup:
    asked = sheet.probes[probe]
    same = _SAME if probe in sheet.same else Markup("")
    cells = Markup("").join(_cell(one.cells.get(probe), _twin(one, sheet)) for one in sheet.measured)
    source = _SOURCE.format(asked.source, asked.url) if asked.url else Markup("")
    return _ROW.format(
        probe, same, source, target, places.probe(sheet.kind, probe), asked.title, _LEVELS[asked.level], cells
    )


def _cell(cell: Cell | None, twin: str) -> Markup:
    if cell is None:
        return _CELL.format(f"x {twin}".rstrip(), "not asked")
    return _answer(cell.mark, cell.word, twin, flaky=cell.flaky, disputed=cell.dispute is not None)


@cache
def _answer(mark: str, word: str, twin: str, *, flaky: bool, disputed: bool) -> Markup:
    """One of a few dozen. The class is the first letter of the mark; the style sheet makes signs of longer words."""
    doubts = [word for word, holds in (("flaky", flaky), ("disputed", disputed)) if holds]
    more = _DOUBT.format(", ".join(doubts)) if doubts else ""
    said = _SIGN.format(word) if mark in _SIGNS else word
    return _CELL.format(f"{mark[0]} {twin}".rstrip(), Markup("{}{}").format(said, more))


def _dialog() -> h.Element:
    """What the script fills with one answer."""
    return h.dialog(".lab-answer", aria_labelledby="lab-answer-title")[
        h.h2("#lab-answer-title"),
        h.dl,
        h.p(".lab-answer__links"),
        h.form(method="dialog")[h.button(".md-button")["Close"]],
    ]


def _unmeasured(sheet: Sheet) -> str:
    """Those that could not be measured, with the reason."""
    failed = [one for one in sheet.subjects if not one.cells]
    if not failed:
        return ""
    listed = h.ul[(h.li[f"{one.name}: {one.record.error} ({one.record.measured})"] for one in failed)]
    return f"## Could not be measured\n\n{listed}\n"
