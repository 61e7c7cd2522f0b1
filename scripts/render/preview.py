"""What a reviewer sees of a pull request before anything is merged: what stands in the way, and what will be."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from scripts.catalogue.changed import Change
from scripts.catalogue.problems import Problem
from scripts.render.entry import entry_page
from scripts.render.facts import SHOWN
from scripts.render.issue import code, code_block, literal, neutral
from scripts.render.markdown import link, plural
from scripts.render.readme import line
from scripts.render.site import Site
from scripts.view.comparison import Ground
from scripts.view.criteria import Criterion
from scripts.view.rows import PublicationRow, Row, SoftwareRow

MOST = 20  # entries whose pages are shown
MOST_PROBLEMS = 100
_TICKS = {True: "✅", False: "❌", None: "❔"}


def preview_head(changes: Sequence[Change], problems: Sequence[Problem]) -> str:
    """The verdict, then every problem with its place."""
    verdict = f"{plural(len(problems), 'thing')} to mend" if problems else "nothing to mend"
    lines = [f"## {plural(len(changes), 'entry', 'entries')} changed, {verdict}", *([""] if problems else [])]
    lines += [f"- {code(f'{problem.path}:{problem.line}:{problem.column}')}: {neutral(problem.text)}"
              for problem in problems[:MOST_PROBLEMS]]  # fmt: skip
    if len(problems) > MOST_PROBLEMS:
        lines.append(f"- … and {len(problems) - MOST_PROBLEMS:,} more")
    if problems and changes:
        lines += ["", "How the entries will look is shown here once nothing is left to mend."]
    return "\n".join(lines) + "\n"


def preview_entries(
    changes: Sequence[Change],
    rows: Mapping[str, Row],
    criteria: Mapping[str, Sequence[Criterion]],
    ground: Ground,
    site: Site,
) -> Iterator[str]:
    """A section for each entry. ``rows`` and ``criteria`` are by path; what was removed has neither."""
    for change in changes[:MOST]:
        yield f"\n### {code(change.path)} ({change.state})\n"
        if row := rows.get(change.path):
            yield from _entry(row, criteria[change.path], ground, site)
    if len(changes) > MOST:
        yield f"\nAnd {plural(len(changes) - MOST, 'more entry', 'more entries')}, not shown.\n"


def _entry(row: Row, ticked: Sequence[Criterion], ground: Ground, site: Site) -> Iterator[str]:
    yield f"\n{_stands(row)}\n\n{line(row)}\n\n"
    for one in ticked:
        yield f"- {_TICKS[one.met]} {neutral(one.text)}{f' {link(one.url, one.url)}' if one.url else ''}\n"
    yield f"\n**Facts**\n\n{_facts(row, ground)}\n" if isinstance(row, SoftwareRow) else ""
    page = entry_page(row, ground, site).partition("---\n\n")[2]
    yield f"\n<details><summary>The text of its page</summary>\n\n{code_block(page, 'markdown')}\n\n</details>\n"


def _stands(row: Row) -> str:
    if isinstance(row, PublicationRow):
        return "Among the background reading, and not in the README:" if row.entry.background else "In the list:"
    return "In the README:" if row.activity.alive else "In the archive, and not in the README:"


def _facts(row: Row, ground: Ground) -> str:
    """What machines know already, each with its day and source."""
    if not isinstance(row, SoftwareRow):
        return ""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for id_, name in SHOWN.items():
        value = ground.values[row.slug][id_]
        if value.origin:
            said = f"{value.origin.source}, {value.origin.date}"
            found[said].append(f"{name[0].lower()}{name[1:]} {literal(value.text)}")
    if not found:
        return "No machine has read anything of it yet; the next refresh does."
    return "\n".join(f"- {literal(said)}: {', '.join(values)}." for said, values in found.items())
