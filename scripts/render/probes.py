"""The page of every probe: what is asked, how binding it is, how it is looked at, and what came out."""

from collections import defaultdict
from collections.abc import Iterator

from markupsafe import Markup

from scripts.render import places
from scripts.render.markdown import front_matter, link, plural, relative
from scripts.render.matrix import TITLES
from scripts.view.lab import LEVELS, Mark, Sheet
from scripts.view.rows import View

PAGE = places.LAB_PROBES
_PROBE = Markup(
    '<div class="probe" id="{}"><h4>{}</h4><p class="facts"><code>{}</code>, {}{}</p><p>{}</p>{}<ul>{}</ul></div>\n'
)
_SOURCE = Markup(': <a href="{}">{}</a>')
_ANSWER = Markup('<li class="mark mark--{}"><b>{}</b>: {}</li>')
_SENSITIVE = Markup('<p class="facts">{}</p>')
HELD_BACK = (
    "A deviation has security weight. Until it is public, it is held back with all such answers of the configuration."
)


def probes_page(view: View) -> str:
    """The page ``/lab/probes/``."""
    description = "Every question that the lab asks of ASGI software, with its paragraph and its answers."
    head = front_matter("Probes", description=description, hide=["navigation"])
    how = link("How we measure", relative(PAGE, places.LAB_INDEX))
    intro = f"What is asked, by which paragraph, how it is looked at, and who answered what. {how}.\n"
    return "\n".join([f"{head}# Probes\n", intro, *_kinds(view)])


def _kinds(view: View) -> Iterator[str]:
    for sheet in view.lab.sheets.values():
        if not sheet.groups:
            continue
        yield f"## {TITLES[sheet.kind]}\n"
        beside = link("all answers side by side", relative(PAGE, places.lab_kind(sheet.kind)))
        count = sum(len(group.probes) for group in sheet.groups)
        yield f"{plural(count, 'probe')}; {beside}.\n"
        for group in sheet.groups:
            yield f"### {group.title} {{#{sheet.kind}-{group.id}}}\n"
            yield "".join(_probe(probe, sheet) for probe in group.probes)


def _probe(probe: str, sheet: Sheet) -> Markup:
    asked = sheet.probes[probe]
    source = _SOURCE.format(asked.url, asked.source) if asked.url else Markup("")
    held = _SENSITIVE.format(HELD_BACK) if asked.sensitive else Markup("")
    anchor = places.probe(sheet.kind, probe)
    answers = Markup("").join(_answers(probe, sheet))
    return _PROBE.format(anchor, asked.title, probe, LEVELS[asked.level], source, asked.how, held, answers)


def _answers(probe: str, sheet: Sheet) -> Iterator[Markup]:
    """Who answered what; everybody alike in one word."""
    names: defaultdict[Mark, list[str]] = defaultdict(list)
    words: dict[Mark, str] = {}
    for one in sheet.measured:
        if cell := one.cells.get(probe):
            doubts = [word for word, holds in (("flaky", cell.flaky), ("disputed", cell.dispute)) if holds]
            names[cell.mark].append(f"{one.name} ({', '.join(doubts)})" if doubts else one.name)
            words[cell.mark] = cell.word
    for mark in Mark:
        if mark in names:
            everybody = probe in sheet.same
            yield _ANSWER.format(mark, words[mark], f"all {len(names[mark])}" if everybody else ", ".join(names[mark]))
