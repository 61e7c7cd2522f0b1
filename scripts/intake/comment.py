"""The one comment below an issue: thanks and the file, or thanks and what is missing."""

import re
from collections.abc import Mapping, Sequence
from difflib import unified_diff

from scripts.intake.draft import Finding
from scripts.intake.looks import Looks
from scripts.intake.questions import Form
from scripts.intake.suggestion import Suggestion
from scripts.render.issue import code_block, neutral
from scripts.render.markdown import plural

MOST_SHOWN = 20
MARKER = "<!-- suggestion -->"  # by which the workflow finds the comment that it wrote before
_AGAIN = "Edit your first post to mend it, and this comment will follow. If something is unclear, ask here."
_NEXT = "A pull request with it follows, and a person looks at it there. To change something, edit your first post."


def problems_comment(findings: Sequence[Finding], form: Form | None) -> str:
    """Every problem with the question that it belongs to."""
    labels = {question.key: question.label for question in form.questions} if form else {}
    count = "One thing stands" if len(findings) == 1 else f"{len(findings)} things stand"
    lines = [MARKER, f"Thank you for the suggestion. {count} in its way:", ""]
    lines += [f"- {_labelled(finding, labels)}" for finding in findings[:MOST_SHOWN]]
    if len(findings) > MOST_SHOWN:
        lines.append(f"- … and {plural(len(findings) - MOST_SHOWN, 'more problem')}")
    return "\n".join([*lines, "", _AGAIN, ""])


def _labelled(finding: Finding, labels: Mapping[str, str]) -> str:
    """The problem under the name that the form has for its field, instead of the key of the file."""
    named = re.match(r"`(?:\w+\.)?(\w+)(?:\[\d+\])?` ", finding.text, re.ASCII)
    if named and named[1] in labels:
        return f"**{labels[named[1]]}** {neutral(finding.text[named.end() :])}"
    label = f"**{labels[finding.field]}**: " if finding.field in labels else ""
    return f"{label}{neutral(finding.text)}"


def thanks_comment(made: Suggestion, shown: Looks | None) -> str:
    """The file, or the difference to what it was, and its line in the list."""
    lines = [MARKER]
    if made.before:
        difference = unified_diff(made.before.splitlines(), made.text.splitlines(), made.path.name, made.path.name)
        block = code_block("\n".join(line.rstrip("\n") for line in [*difference][2:]), "diff")
        lines += [f"Thank you. This changes `{made.path}`:", "", block]
    else:
        lines += [f"Thank you. This becomes the file `{made.path}`:", "", code_block(made.text, "yaml")]
        if shown:
            lines += ["", "Its line in the list:", "", code_block(shown.line, "markdown")]
    if made.notes:
        lines += ["", "Please have a look, in case it is there already:", "", *(f"- {neutral(x)}" for x in made.notes)]
    return "\n".join([*lines, "", _NEXT, ""])
