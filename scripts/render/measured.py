"""The capability section of an entry's page: what was measured, group by group, what everybody does alike folded."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import PurePosixPath

from markupsafe import Markup

from scripts.catalogue.models import Speaking
from scripts.render import places
from scripts.render.markdown import link, plural, relative
from scripts.render.parts import address
from scripts.render.site import Site
from scripts.view.capabilities import Agreement, Answer, agreement, answers
from scripts.view.lab import Cell, Group, Mark, Probe, Sheet, Subject
from scripts.view.rows import SoftwareRow, View

HEADING = "Measured here"
ANCHOR = "measured-here"
FORM = "dispute-result"
# As in facts.py: ten thousand cells in all, and `Markup.format` escapes what it fills in.
_SCROLL = Markup('<div class="lab-scroll" tabindex="0" role="region" aria-label="{}">{}</div>')
_TABLE = Markup('<table class="lab">{}{}</table>')
_PLAIN_TABLE = Markup('<table class="lab lab--plain">{}{}</table>')
_HEAD = Markup('<thead><tr><th scope="col">{}</th>{}</tr></thead>')
_COLUMN = Markup('<th scope="col">{}</th>')
_BODY = Markup("<tbody>{}</tbody>")
_PART = Markup('<tr><th colspan="{}" scope="rowgroup">{}</th></tr>')
_ROW = Markup('<tr id="{}"><th scope="row"><a href="{}#{}">{}</a></th>{}</tr>')
_PLAIN = Markup('<tr><th scope="row">{}</th>{}</tr>')
_DATA = Markup("<td>{}</td>")
_CELL = Markup('<td class="mark mark--{}"><b>{}</b> {}{}</td>')
_WIDE = Markup('<td class="mark mark--{}" colspan="{}"><div><b>{}</b> {}{}</div></td>')
_SOURCE = Markup(' <a class="facts" href="{}">{}</a>')
_NOTE = Markup(' <span class="lab__doubt">{}</span>')
_OBJECTION = Markup(' <span class="lab__doubt">Disputed since {}: {} <a href="{}">Source</a></span>')
_ADVISORY = Markup(' <a class="facts" href="{}">What was published about it</a>')
_FOLDED = Markup('<details class="lab-group"{}><summary>{} <span class="facts">{}</span></summary>{}</details>\n')
_LINK = Markup('<a href="{}">{}</a>')
_NOTICE = Markup('<p class="lab__notice"><b>{}</b>: {}</p>')
_ODD = Markup('<span class="lab__odd">{}</span>')
_BINDING = {"must": "required", "should": "recommended"}
_TELLING = {Mark.NO, Mark.DEVIATES}


def measured_section(row: SoftwareRow, view: View, page: PurePosixPath, site: Site) -> Iterator[str]:
    """The section; nothing where nothing was measured."""
    found = view.lab.of_entry(row.slug)
    if not found:
        return
    yield f"## {HEADING}\n"
    for sheet, subjects in found:
        able = [one for one in subjects if one.cells]
        yield _intro(sheet, able or subjects, page, site)
        yield f"{_configurations(subjects)}\n"
        if able:
            yield from _held_back(able)
            yield from _claimed(row, view, page)
            yield from _answers(sheet, able, page)


def _intro(sheet: Sheet, subjects: Sequence[Subject], page: PurePosixPath, site: Site) -> str:
    names = [one.record.subject for one in subjects]
    how = link("How we measure", relative(page, places.LAB_INDEX))
    beside = link(f"all {sheet.kind} side by side", relative(page, places.lab_kind(sheet.kind)))
    form = link("dispute a result", f"{site.project}/issues/new?template={FORM}.yml&subject={names[0]}")
    return (
        "What it did on our bench, in the versions and with the options below; another version may do otherwise."
        f" {how}, {beside}, {form}.\n"
    )


def _configurations(subjects: Sequence[Subject]) -> Markup:
    """What ran: one row for each configuration."""
    columns = ("Configuration", "Version", "Installed and started with", "Measured", "Answers")
    head = _HEAD.format(columns[0], Markup("").join(map(_COLUMN.format, columns[1:])))
    rows = Markup("").join(
        _PLAIN.format(one.name, Markup("").join(map(_DATA.format, _configuration(one)))) for one in subjects
    )
    return _SCROLL.format("What was measured", _PLAIN_TABLE.format(head, _BODY.format(rows)))


def _configuration(subject: Subject) -> Iterator[str]:
    record = subject.record
    options = " ".join(record.options) or ("its defaults" if record.default else "")
    python = f"Python {record.python}" if record.python else ""
    yield record.version or "unknown"
    yield "; ".join(word for word in (", ".join(record.requirements), options) if word)
    yield ", ".join(word for word in (str(record.measured), python, record.platform) if word)
    yield tally(subject.cells.values()) or f"Could not be measured: {record.error}"


def tally(cells: Iterable[Cell]) -> str:
    """``20 yes, 1 no``: in the order of the marks."""
    words = Counter(cell.word for cell in sorted(cells, key=lambda cell: list(Mark).index(cell.mark)))
    return ", ".join(f"{count} {word}" for word, count in words.items())


def _held_back(subjects: Sequence[Subject]) -> Iterator[str]:
    """That there are findings with security weight, and whether the project knows; once, and not in each cell."""
    held = [next((cell for cell in one.cells.values() if cell.mark is Mark.HELD), None) for one in subjects]
    if found := [cell for cell in held if cell]:
        yield f"{_NOTICE.format(found[0].word.capitalize(), found[0].detail)}\n"


def _claimed(row: SoftwareRow, view: View, page: PurePosixPath) -> Iterator[str]:
    """What its documentation claims, and what was measured; nothing where no claim is noted."""
    claims = row.entry.claims if isinstance(row.entry, Speaking) else None
    spoken = [one for one in answers(row.slug, view.lab) if one.capability.protocol]
    if not claims or not spoken:
        return
    head = _HEAD.format(
        "Protocol", Markup("").join(map(_COLUMN.format, ("Its documentation", "Measured here", "Together")))
    )
    said = [_LINK.format(claims.source, "claimed"), Markup("not claimed")]
    rows = Markup("").join(
        _PLAIN.format(
            one.capability.title,
            Markup("").join(
                (
                    _DATA.format(said[one.capability.protocol not in claims.protocols]),
                    _DATA.format(_shown(one, page)),
                    _DATA.format(_together(one, agreement(one, row))),
                )
            ),
        )
        for one in spoken
    )
    yield f"{_SCROLL.format('Claimed and measured', _PLAIN_TABLE.format(head, _BODY.format(rows)))}\n"


def _shown(answer: Answer, page: PurePosixPath) -> Markup:
    """The answer, with the probe that gave it."""
    subject = (answer.having or answer.asked)[0]
    anchor = places.probe(subject.kind, answer.probe)
    only = f", as {', '.join(one.name for one in answer.having)}" if len(answer.having) < len(answer.asked) else ""
    word = _LINK.format(f"{address(page, places.LAB_PROBES)}#{anchor}", answer.word)
    return Markup("{}{}").format(word, only if answer.having else "")


def _together(answer: Answer, said: Agreement | None) -> str | Markup:
    if said is None:
        return "nothing to compare" if answer.mark is Mark.UNDECIDED else "neither claimed nor measured"
    return said.value if said is Agreement.AGREE else _ODD.format(f"≠ {said.value}")


def _answers(sheet: Sheet, subjects: Sequence[Subject], page: PurePosixPath) -> Iterator[str]:
    """A part for each group, open where something is not as it should be; at the end, what is the same for all."""
    same: list[tuple[Group, Sequence[str]]] = []
    for group in sheet.groups:
        probes = [probe for probe in group.probes if any(probe in one.cells for one in subjects)]
        telling = [probe for probe in probes if probe not in sheet.same]
        if len(telling) < len(probes):
            same.append((group, [probe for probe in probes if probe in sheet.same]))
        if telling:
            cells = [one.cells[probe] for one in subjects for probe in telling if probe in one.cells]
            doubt = any(cell.mark in _TELLING or cell.flaky or cell.dispute for cell in cells)
            table = _table(group.title, [(None, telling)], sheet, subjects, page)
            yield _FOLDED.format(Markup(" open") if doubt else "", group.title, _summed(telling, subjects), table)
    if same:
        count = plural(sum(len(probes) for _, probes in same), "probe")
        table = _table("Same for all", [(group.title, probes) for group, probes in same], sheet, subjects, page)
        yield _FOLDED.format("", f"Same for all {sheet.kind} measured", count, table)


def _summed(probes: Sequence[str], subjects: Sequence[Subject]) -> str:
    """What the first configuration answers, and in how many probes the others differ from it."""
    first = subjects[0]
    odd = sum(len({one.cells[probe].mark for one in subjects if probe in one.cells}) > 1 for probe in probes)
    summed = tally(first.cells[probe] for probe in probes if probe in first.cells)
    return f"{summed}; configurations differ in {odd}" if odd else summed


def _table(
    title: str,
    parts: Sequence[tuple[str | None, Sequence[str]]],
    sheet: Sheet,
    subjects: Sequence[Subject],
    page: PurePosixPath,
) -> Markup:
    head = _HEAD.format("Probe", Markup("").join(_COLUMN.format(one.name) for one in subjects))
    target = address(page, places.LAB_PROBES)
    bodies = Markup("").join(
        _BODY.format(
            (_PART.format(len(subjects) + 1, name) if name else Markup(""))
            + Markup("").join(_row(probe, sheet, subjects, target) for probe in probes)
        )
        for name, probes in parts
    )
    return _SCROLL.format(title, _TABLE.format(head, bodies))


def _row(probe: str, sheet: Sheet, subjects: Sequence[Subject], target: str) -> Markup:
    anchor = places.probe(sheet.kind, probe)
    asked = sheet.probes[probe]
    cells = [one.cells.get(probe) for one in subjects]
    runs = (list(run) for _, run in groupby(cells, key=_said))
    shown = Markup("").join(_cell(run[0], asked, len(run)) for run in runs)
    return _ROW.format(anchor, target, anchor, asked.title, shown)


def _said(cell: Cell | None) -> object:
    """By what neighbours are one cell."""
    return cell and (cell.mark, cell.detail, cell.flaky, cell.dispute, cell.report)


def _cell(cell: Cell | None, asked: Probe, columns: int) -> Markup:
    if cell is None:
        return Markup("").join([_CELL.format("none", "not asked", "", "")] * columns)
    more = Markup("")
    if cell.mark in _TELLING and asked.url:
        more += _SOURCE.format(asked.url, f"{_BINDING.get(asked.level, 'claimed')}: {asked.source}")
    if cell.flaky:
        more += _NOTE.format("Flaky: repeats differed.")
    if cell.report and cell.report.advisory:
        more += _ADVISORY.format(cell.report.advisory)
    if cell.dispute:
        more += _OBJECTION.format(cell.dispute.since, cell.dispute.note, cell.dispute.source)
    detail = "" if cell.mark is Mark.HELD else cell.detail
    if columns > 1:
        return _WIDE.format(cell.mark, columns, cell.word, detail, more)
    return _CELL.format(cell.mark, cell.word, detail, more)
