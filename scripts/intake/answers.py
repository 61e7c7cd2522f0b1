"""The answers in the body of an issue that was opened with one of our forms.

GitHub renders each as ``### Label``, an empty line and the answer. The body is untrusted: people edit it afterwards,
and an answer may hold headings of its own. Only the labels of the form count as headings, each once.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scripts.catalogue.document import Value
from scripts.catalogue.problems import shown, suggestion
from scripts.intake.draft import Finding
from scripts.intake.questions import Form, Question

MOST_CHARACTERS = 65_536  # what GitHub lets a body have
UNANSWERED = {"", "_No response_"}
_HEADING = "### "
UNKNOWN_FORM = "This does not look like one of the forms any more. Open a new issue and choose a form there."


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered, by the keys of the questions. Choices are ids already; lists are split."""

    form: Form
    values: Mapping[str, Value]


def read_answers(body: str, known: Sequence[Form]) -> Answers | list[Finding]:
    """The answers, or what stands in the way of reading them."""
    if len(body) > MOST_CHARACTERS:
        return [Finding("", f"The text has {len(body):,} characters. Keep it under {MOST_CHARACTERS:,}.")]
    lines = re.split(r"\r\n|\n|\r", body.removeprefix("\ufeff"))
    form = _form(lines, known)
    if form is None:
        return [Finding("", UNKNOWN_FORM)]
    by_label = {question.label: question for question in form.questions}
    raw, doubled = _sections(lines, by_label)
    if doubled:
        text = "The heading `### {}` stands there twice. Keep the one with your answer."
        return [Finding(by_label[label].key, text.format(label)) for label in doubled]
    values: dict[str, Value] = {}
    findings: list[Finding] = []
    for label, text in raw.items():
        if text in UNANSWERED or (by_label[label].choices and text == "None"):
            continue
        value = _value(by_label[label], text)
        if isinstance(value, Finding):
            findings.append(value)
        else:
            values[by_label[label].key] = value
    return findings or Answers(form, values)


def _form(lines: Sequence[str], known: Sequence[Form]) -> Form | None:
    """The form whose first question begins the body."""
    first = next((line.strip() for line in lines if line.strip()), "")
    return next((form for form in known if first == f"{_HEADING}{form.questions[0].label}"), None)


def _sections(lines: Sequence[str], labels: Mapping[str, Question]) -> tuple[dict[str, str], list[str]]:
    """The text below each heading, and the headings that stand there more than once."""
    found: dict[str, list[str]] = {}
    doubled: list[str] = []
    current: list[str] = []
    for text in lines:
        label = text.removeprefix(_HEADING).rstrip() if text.startswith(_HEADING) else ""
        if label in labels:
            doubled += [label] if label in found and label not in doubled else []
            current = found.setdefault(label, [])
        else:
            current.append(text)
    return {label: "\n".join(section).strip() for label, section in found.items()}, doubled


def _value(question: Question, text: str) -> "Value | Finding":
    parts = _parts(question, text)
    if question.choices:
        unknown = next((part for part in parts if part not in question.choices), None)
        if unknown is not None:
            advice = suggestion(unknown, question.choices)
            return Finding(question.key, f"`{shown(unknown)}` is none of the choices. {advice}")
        parts = [question.choices[part] for part in parts]
    return [*parts] if question.many else parts[0]


def _parts(question: Question, text: str) -> list[str]:
    """The items of a list, which may stand in brackets as in a file; one text otherwise."""
    if not question.many:
        return [text]
    inner = text.removeprefix("[").removesuffix("]") if text.startswith("[") and text.endswith("]") else text
    return [part.strip() for part in re.split(r"[,\n]", inner) if part.strip()] or [text]
