"""Everything below ``/lab/``: how we measure, a table for each kind, every probe."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from scripts.render import places
from scripts.render.markdown import escape, front_matter, link, plural, relative
from scripts.render.markdown import table as markdown_table
from scripts.render.matrix import TITLES, matrix_page
from scripts.render.measured import FORM
from scripts.render.probes import probes_page
from scripts.render.site import Site
from scripts.view.lab import LEVELS, MEANINGS, WORDS, Sheet
from scripts.view.rows import View

PAGE = places.LAB_INDEX
_WHAT = """READMEs say what software should do. Here it was run, and asked: does this server answer HTTP/2, does this
framework stop a stream whose reader left, does this middleware hold a stream back? Each answer is a sentence that says
what was observed, with the version, the options and the day.
"""
_WORDS_OF_OURS = """## What the words mean

A **subject** is one distribution in one configuration: with its version, its extras and its options. A server with
another HTTP parser is another subject. First everything runs as the project ships it, then with options that its own
documentation names.

A **probe** is one question. It has an id, a statement that is true or not, the paragraph that it tests, and a level:

"""
_HOW = """## How an answer comes about

- **Three repeats**, each in a fresh process. What most of them say is the answer; where they differ, it is marked
  **flaky**, whatever most said.
- **Steps wait for each other and not for a clock**: the application sends a piece and waits until the client has it.
  A log of events, written by the application, says what it was told.
- **Clients are not polite.** They speak over bare sockets and with validation switched off, since a polite client hides
  what a server lets through.
- **Every subject has an environment of its own**, with the newest versions that fit together on that day; the
  exported data names all of them.
- **A probe that nobody passes is looked at first**, and so is each failure of a framework, whose application we wrote.
- **A subject that does not install, start or answer** has one sentence instead of answers.

It is measured again when a version or a probe changes. The code is in the repository: anybody can run it.

## What it does not tell

- It ran {bench}, over the loopback address. Other systems, other Pythons, networks and IPv6 are not measured.
- Nothing is said about speed, and nothing about how often something happens under load.
- A yes says that this one thing worked as described, and not that everything around it does.
- What is marked as the same for all is no difference to choose by, so the tables fold it.

## What is fair

- Levels come from the text of the specification. Where it leaves something open, the answer is never a fault, whatever
  we think of it.
- What a project does not claim and nobody requires is **not supported**, not failed. Where its own documentation claims
  it, both stand beside each other, with both sources.
- There is no score, no rank and no sum of points.
- A deviation with security weight goes to the project first. Some probes say beforehand that theirs have such weight.
  If the answer to one of them deviates, the answers of that configuration to all of them are **held back**, on pages
  and in the exported data, and the page of the entry says on which day the project was told, or that it was not told
  yet. Once the finding is public (a release or an advisory, or ninety days went by), its word stands there, without
  what was observed.

## To object

"""
_OBJECT = """A project knows its software better than we do. {form}: which subject, which probe, what it
should be and why. Until it is settled, the answer is shown as **disputed**, with the reason and a link to the issue. If
the probe is wrong, it is mended and everybody is measured again.
"""


def lab_pages(view: View, site: Site) -> Iterator[tuple[PurePosixPath, str]]:
    """The pages."""
    yield PAGE, _index(view, site)
    for sheet in view.lab.sheets.values():
        yield places.lab_kind(sheet.kind), matrix_page(sheet, view)
    yield places.LAB_PROBES, probes_page(view)


def _index(view: View, site: Site) -> str:
    description = "How the lab measures ASGI servers, frameworks and middleware, what it cannot tell, how to object."
    head = front_matter("How we measure", description=description)
    levels = "".join(f"- **{name}**: {meaning}\n" for name, meaning in LEVELS.items())
    marks = markdown_table(("Answer", "Meaning"), ((WORDS[mark], meaning) for mark, meaning in MEANINGS.items()))
    form = link("Open the form “Dispute a measured result”", f"{site.project}/issues/new?template={FORM}.yml")
    answers = f"\nThe answers are:\n\n{marks}\n"
    parts = (
        _WHAT,
        _counts(view),
        _WORDS_OF_OURS + levels,
        answers,
        _HOW.format(bench=_bench(view)) + _OBJECT.format(form=form),
    )
    return f"{head}# How we measure\n\n" + "\n".join(parts)


def _counts(view: View) -> str:
    """What there is, by kind, with its days."""
    rows = [_count(sheet) for sheet in view.lab.sheets.values() if sheet.measured]
    if not rows:
        return "Nothing was measured yet.\n"
    probes = link("Every probe", relative(PAGE, places.LAB_PROBES))
    table = markdown_table(("Kind", "Entries", "Configurations", "Probes", "Flaky", "Measured"), rows)
    return f"{table}\n{probes} says what it does and by which paragraph.\n"


def _bench(view: View) -> str:
    """On which systems and Pythons."""
    records = [one.record for sheet in view.lab.sheets.values() for one in sheet.measured]
    systems = sorted({record.platform for record in records} - {""}) or ["one machine"]
    pythons = sorted({record.python for record in records} - {""})
    return escape(f"on {', '.join(systems)}" + (f" with Python {', '.join(pythons)}" if pythons else ""))


def _count(sheet: Sheet) -> tuple[str, ...]:
    cells = [cell for one in sheet.measured for cell in one.cells.values()]
    days = sorted({one.record.measured for one in sheet.measured})
    flaky = sum(cell.flaky for cell in cells)
    return (
        link(TITLES[sheet.kind], relative(PAGE, places.lab_kind(sheet.kind))),
        f"{len({one.record.entry for one in sheet.measured}):,}",
        f"{len(sheet.measured):,}",
        f"{sum(len(group.probes) for group in sheet.groups):,}",
        f"{flaky:,} of {plural(len(cells), 'answer')}",
        escape(str(days[0]) if len(days) == 1 else f"{days[0]} to {days[-1]}"),
    )
