"""Turns a filled-in issue form into an entry: ``python -m scripts.suggest ISSUE_BODY_FILE``.

Prints the Markdown of one comment: thanks and the file, or a list of what is missing. The body is anybody's text; it
decides what stands in one file below ``data/``, and nothing else.

Exit status: 0 one file was written, 1 problems for the author of the issue (nothing was written), 2 wrong usage.
"""

import argparse
import datetime as dt
import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from scripts.catalogue import disk
from scripts.catalogue.declined import load_declined
from scripts.catalogue.load import load
from scripts.command.options import begin
from scripts.facts.store import load_facts
from scripts.intake.answers import MOST_CHARACTERS, read_answers
from scripts.intake.comment import problems_comment, thanks_comment
from scripts.intake.draft import Desk, Finding
from scripts.intake.looks import looks
from scripts.intake.questions import Form, forms
from scripts.intake.suggestion import GONE, Suggestion, suggested
from scripts.render.site import Site

MOST_BYTES = 4 * MOST_CHARACTERS + 8  # the longest UTF-8 of a body, and a byte order mark
TOO_LONG = f"The text is longer than {MOST_CHARACTERS:,} characters. Keep it short."
NO_SITE = Site("", "", "")  # only the line is shown, which has no address of ours
AGAIN = "A maintainer has to check permissions and free space, then run this again."
NO_TEXT = "The text is not UTF-8. Write it in the form again."


def today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def main(arguments: list[str] | None = None, clock: Callable[[], dt.date] = today) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.suggest", description="Turn an issue form into an entry.")
    parser.add_argument("body", type=Path, metavar="ISSUE_BODY_FILE", help="the text of the issue")
    parser.add_argument("--result", type=Path, metavar="FILE", help="write slug, branch, title, path, problems as JSON")
    parser.add_argument("--comment", type=Path, metavar="FILE", help="write the comment here, too")
    parser.add_argument("--output", type=Path, metavar="FOLDER", help="write below this folder instead of data/")
    options, root = begin(parser, arguments)
    try:
        with options.body.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        parser.error(f"{options.body} cannot be read ({error.strerror}). Name a file with the text of the issue.")
    made, form, comment = _made(raw, root, clock())
    if not made.findings and (failure := _write(made, root, options.output)):
        made = Suggestion(made.form, (Finding("", failure),))
        comment = problems_comment(made.findings, form)
    print(comment)
    for path, text in ((options.comment, comment), (options.result, _result(made))):
        if path:
            path.write_text(text, encoding="utf-8")
    return 1 if made.findings else 0


def _made(raw: bytes, root: Path, day: dt.date) -> tuple[Suggestion, Form | None, str]:
    """The suggestion, the form that was used, and the comment."""
    catalogue = load(root)
    facts, broken = load_facts(root)
    _, decisions, unreadable = load_declined(root)
    if catalogue.vocabularies is None or catalogue.problems or broken or unreadable:
        return _refused([Finding("", GONE)], None)
    if len(raw) > MOST_BYTES:
        return _refused([Finding("", TOO_LONG)], None)
    try:
        body = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _refused([Finding("", NO_TEXT)], None)
    answers = read_answers(body, known := forms(catalogue.vocabularies))
    if isinstance(answers, list):
        return _refused(answers, next((form for form in known if f"### {form.questions[0].label}" in body), None))
    desk = Desk(catalogue, catalogue.vocabularies, facts, decisions, day)
    made = suggested(answers, desk, lambda path: (root / path).read_text(encoding="utf-8"))
    if made.findings:
        return made, answers.form, problems_comment(made.findings, answers.form)
    return made, answers.form, thanks_comment(made, looks(made.verdict, facts, made.slug, NO_SITE))


def _refused(findings: list[Finding], form: Form | None) -> tuple[Suggestion, Form | None, str]:
    return Suggestion(form.id if form else "", tuple(findings)), form, problems_comment(findings, form)


def _write(made: Suggestion, root: Path, output: Path | None) -> str | None:
    """Why the file cannot be written; None once it is."""
    base, path = (root, made.path) if output is None else (output, PurePosixPath(*made.path.parts[1:]))
    try:
        if output is not None:
            output.mkdir(parents=True, exist_ok=True)
        if made.before:
            disk.replace(base, path, made.text.encode("utf-8"))
        else:
            disk.create(base, path, made.text.encode("utf-8"))
    except OSError as error:
        return f"`{made.path}` cannot be written ({error.strerror}); what was there is intact. {AGAIN}"
    return None


def _result(made: Suggestion) -> str:
    ready = not made.findings
    result = {
        "ready": ready,
        "form": made.form,
        "slug": made.slug if ready else None,
        "branch": made.branch if ready else None,
        "title": made.title if ready else None,
        "path": made.path.as_posix() if ready else None,
        "problems": [{"field": finding.field, "text": finding.text} for finding in made.findings],
        "notes": [*made.notes],
    }
    return json.dumps(result, indent=2, ensure_ascii=True) + "\n"


if __name__ == "__main__":
    gc.disable()  # a short run that keeps what it reads: collecting costs it a tenth of a second
    sys.exit(main())
