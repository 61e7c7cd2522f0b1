"""The maintainer's report: what needs a human and what to do, for a terminal and as the text of one issue."""

from collections.abc import Iterator, Mapping, Sequence

from scripts.render.issue import bounded, literal
from scripts.render.markdown import link, plural
from scripts.render.site import Site
from scripts.view.attention import Concern, Need
from scripts.view.rows import View

MARKER = "<!-- attention -->"  # by which a workflow finds the issue that it wrote before
Concerns = Mapping[Need, Sequence[Concern]]
# Of each need what it is called, and what to do.
TEXTS: dict[Need, tuple[str, str]] = {
    Need.VULNERABLE: (
        "The latest version has a known vulnerability",
        "Nothing to edit: the page warns. Tell the maintainers if they do not know, and look whether it ended.",
    ),
    Need.GONE: (
        "Gone from the forge or the package index",
        "Find out where it went. Correct `repository` or `package`, or write `status` with a source.",
    ),
    Need.LINK_GONE: (
        "An address is gone",
        "Give the address of today; for a publication, an archived copy; or decline the entry with a reason.",
    ),
    Need.RECOMMENDED: (
        "Ended, and still recommended",
        "Name something that lives on that page, correct `succeeded_by`, or correct the `status` of the entry.",
    ),
    Need.ARCHIVED: (
        "Archived on the forge, and nobody wrote why",
        "Read its README and last issues, then write `status` with when, why and the source; and `succeeded_by`.",
    ),
    Need.LICENSE: (
        "Package index and forge disagree about the licence",
        "Look into the licence file and write `license` into the entry.",
    ),
    Need.LINK_DOUBTFUL: (
        "An address leads elsewhere than it did",
        "Look at it. `make links-propose` prints a diff for what moved; what is in order can be accepted.",
    ),
    Need.QUIET: (
        "Quiet for more than two years",
        "Look whether its authors say that it ended, or that it is finished: either is a `status` with a source.",
    ),
    Need.EVIDENCE: (
        "Evidence from more than two years ago",
        "Open `evidence` and see that it still shows ASGI; then correct it or leave it.",
    ),
    Need.UNVERIFIED: (
        "Publications without a date or authors",
        "Open the page and write what it says; if it says nothing, leave it.",
    ),
    Need.DATELESS: (
        "Without any date",
        "See that `repository` and `package` are right. If they are, look whether there is a release at all.",
    ),
    Need.UNREAD: (
        "Never read by a machine",
        "Run `make enrich` with a token. If they stay, their addresses are wrong.",
    ),
}


def report_text(concerns: Concerns, view: View, most: int) -> str:
    """For a terminal: a line for each entry, at most ``most`` of each need."""
    lines = [f"{_summary(concerns, view)}\n"]
    for need, members in concerns.items():
        title, task = TEXTS[need]
        lines.append(f"\n{title} ({len(members)}). {task}\n")
        lines += [f"  {one.row.path}: {one.since}: {one.said}\n" for one in _shown(need, members, most)]
        lines += [f"  … {rest}\n" for rest in _rest(need, members, most)]
    return "".join(lines)


def report_issue(concerns: Concerns, view: View, site: Site) -> str:
    """As the body of one issue: a box for each entry."""
    return bounded(lambda most: "".join(_issue(concerns, view, site, most)))


def _issue(concerns: Concerns, view: View, site: Site, most: int) -> Iterator[str]:
    yield f"{MARKER}\n{_summary(concerns, view)} This text is renewed by `make report`: what is mended leaves it.\n"
    for need, members in concerns.items():
        title, task = TEXTS[need]
        yield f"\n### {title} ({len(members)})\n\n{task}\n\n"
        for one in _shown(need, members, most):
            file = link("edit", f"{site.project}/edit/main/{one.row.path}")
            yield f"- [ ] {one.since} **{literal(one.row.name)}** ({file}): {literal(one.said)}\n"
        yield from (f"- … {rest}\n" for rest in _rest(need, members, most))


def _summary(concerns: Concerns, view: View) -> str:
    people = {one.row.slug for need, members in concerns.items() for one in members if need is not Need.UNREAD}
    if not concerns:
        return f"As of {view.as_of}, no entry needs a human."
    count = plural(len(people), "entry needs", "entries need")
    return f"As of {view.as_of}, {count} a human; in each list, the oldest comes first."


def _shown(need: Need, members: Sequence[Concern], most: int) -> Sequence[Concern]:
    """What a machine has to do first is no list of tasks for people."""
    return members[: min(most, 3) if need is Need.UNREAD else most]


def _rest(need: Need, members: Sequence[Concern], most: int) -> Iterator[str]:
    if left := len(members) - len(_shown(need, members, most)):
        yield f"and {left:,} more"
