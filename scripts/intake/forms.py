"""The text of each issue form: https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms."""

from pathlib import PurePosixPath
from typing import Any

import yaml

from scripts.catalogue.vocabularies import Vocabularies
from scripts.intake.questions import CORRECTION, DISPUTE, ENDING, FORMS, Form, Question, dispute_form, forms

FOLDER = PurePosixPath(".github/ISSUE_TEMPLATE")
OWNED = tuple(FOLDER / f"{name}.yml" for name in (*FORMS, DISPUTE))  # config.yml beside them is written by hand
_HEAD = "# Generated from scripts/catalogue/models.py and data/*.yml: edit those, then run `make build`.\n"
_INTRO = {
    CORRECTION: "A robot turns your answers into a proposed change, which a person then looks at.",
    ENDING: "Quiet is not dead: small software can be finished. Please name the page where its authors or its forge "
    "say that it ended. A robot turns your answers into a proposed change, which a person then looks at.",
    DISPUTE: "You know your software better than we do. A person reads this and measures again. Until it is settled, "
    "the result is shown as disputed, with a link to here.",
}
_ADDING = (
    "A robot turns your answers into a file and tells you here if something is missing; a person then looks at it. "
    "You need no knowledge of git. What gets in: "
    "[the criteria](https://github.com/awesome-asgi/awesome-asgi/blob/main/docs/criteria.md)."
)


def form_files(terms: Vocabularies) -> dict[PurePosixPath, str]:
    """Every form by its path in the repository."""
    return {FOLDER / f"{form.id}.yml": form_text(form) for form in (*forms(terms), dispute_form())}


def form_text(form: Form) -> str:
    """One form."""
    intro = {"type": "markdown", "attributes": {"value": _INTRO.get(form.id, _ADDING)}}
    shown = {
        "name": form.name,
        "description": form.about,
        "title": form.prefix,
        "labels": [form.id],
        "body": [intro, *map(_element, form.questions)],
    }
    return _HEAD + yaml.safe_dump(shown, sort_keys=False, allow_unicode=True, width=120)


def _element(question: Question) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": question.label, "description": _help(question)}
    if question.choices:
        attributes |= {"options": [*question.choices]}
        attributes |= {"multiple": True} if question.many else {}
    elif question.example:
        attributes["placeholder"] = question.example
    return {
        "type": "dropdown" if question.choices else "textarea" if question.long else "input",
        "id": question.key,
        "attributes": attributes,
        "validations": {"required": question.required},
    }


def _help(question: Question) -> str:
    several = " Several are separated by commas." if question.many and not question.choices else ""
    return f"{question.help}{several}"
