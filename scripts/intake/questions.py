"""The questions of each issue form, from the models and the vocabularies."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from scripts.catalogue.models import MODELS, Publication, Software, Status
from scripts.catalogue.vocabularies import Term, Vocabularies
from scripts.intake.fields import literals

FORMS = SOFTWARE, PUBLICATION, CORRECTION, ENDING = "add-software", "add-publication", "correct-entry", "report-dead"
DISPUTE = "dispute-result"  # a person reads it: no robot can tell who is right about a measurement

# What no form asks for, with the reason. A test holds that every other field of the models is asked for.
UNASKED = {
    "added": "the day of the proposal",
    "package_repository": "a maintainer's word, where metadata is wrong",
    "license": "machines know it",
    "status": "the form for ended projects asks for it",
    "claims": "somebody reads the documentation when the entry is reviewed",
    "succeeded_by": "the form for ended projects asks for it",
}
LABELS = {
    "repository": "Address of the repository",
    "package": "Name of the package",
    "docs": "Documentation",
    "homepage": "Home page",
    "part_of": "Part of",
    "import": "Import path",
    "works_with": "Works with",
    "fork_of": "Fork of",
    "evidence": "Evidence that it is ASGI",
    "url": "Address",
    "license": "Licence",
    "seen_in": "Seen in",
    "succeeded_by": "Successor",
    "since": "Since when",
    "source": "Page that shows it",
    "background": "Background reading",
}
# Where the model's sentence is made for a file and not for a form.
HELPS = {"category": "It also says what kind of thing it is. Take the nearest; somebody else may move it."}
YES = "Yes"


@dataclass(frozen=True, slots=True)
class Question:
    """``choices`` maps what people see to what the entry says. ``many`` answers are a list."""

    key: str
    label: str
    help: str
    required: bool = False
    many: bool = False
    example: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    long: bool = False  # several lines


@dataclass(frozen=True, slots=True)
class Form:
    """``id`` is the name of its file and its label in the tracker; ``prefix`` begins the title of an issue."""

    id: str
    name: str
    about: str
    prefix: str
    questions: tuple[Question, ...]


def forms(terms: Vocabularies) -> tuple[Form, ...]:
    """The forms that become an entry or a change of one, in the order in which they are offered."""
    software = [*_ordered(_asked(Software, terms), ("name", "category", "description", "repository", "package"))]
    publication = [*_ordered(_asked(Publication, terms), ("title", "url", "summary", "type", "level"))]
    return (
        Form(
            SOFTWARE,
            "Add software",
            "A server, framework, middleware, library, tool or application that serves, speaks, wraps, tests, deploys "
            "or is built on ASGI.",
            "Add: ",
            tuple(software),
        ),
        Form(
            PUBLICATION,
            "Add a publication",
            "A specification, article, talk, book or course about ASGI.",
            "Add: ",
            tuple(publication),
        ),
        Form(
            CORRECTION,
            "Correct an entry",
            "Something in the catalogue is wrong or missing.",
            "Correct: ",
            tuple(_correction()),
        ),
        Form(
            ENDING,
            "Report that a project ended",
            "It was archived, was given up or has a successor.",
            "Ended: ",
            tuple(_ending()),
        ),
    )


def dispute_form() -> Form:
    """The form about the lab."""
    return Form(
        DISPUTE,
        "Dispute a measured result",
        "A result of the lab is wrong, or says something else than it should.",
        "Dispute: ",
        (
            Question("subject", "What was measured", "As its page names it.", required=True, example="uvicorn"),
            Question("probe", "Probe", "Its id; /lab/probes/ has them.", required=True, example="http1.pipelining"),
            Question(
                "version", "Version that you looked at", "And the options, if any.", required=True, example="0.38.0"
            ),
            Question(
                "value",
                "What it should be, and why",
                "What you saw, how to see it again, and how you read the paragraph. Leave out what would help an "
                "attack: SECURITY.md says where that belongs.",
                required=True,
                long=True,
            ),
            Question(
                "source",
                "Page that shows it",
                "A paragraph, a test, a line of code.",
                required=True,
                example="https://www.rfc-editor.org/rfc/rfc9112#section-9.3.2",
            ),
        ),
    )


def categories(terms: Vocabularies) -> dict[str, str]:
    """Every category of software by what people see; ids are unique over all kinds, so one answer names both."""
    return {
        f"{terms.kinds[kind].title}: {term.title}": term.id
        for kind, known in terms.categories.items()
        if kind != "publication"
        for term in known.values()
    }


def kind_of(category: str, terms: Vocabularies) -> str | None:
    """The kind that has a category."""
    return next((kind for kind, known in terms.categories.items() if category in known), None)


def _asked(model: type[BaseModel], terms: Vocabularies) -> Iterator[Question]:
    for name, info in model.model_fields.items():
        key = info.alias or name
        if key not in UNASKED:
            yield _question(key, info, _choices(key, info, terms))


def _choices(key: str, info: FieldInfo, terms: Vocabularies) -> dict[str, str]:
    known: Mapping[str, Term] = {
        "tags": terms.tags,
        "type": terms.categories["publication"],
        "language": terms.languages,
    }.get(key, {})
    if key == "category":
        return categories(terms)
    if known:
        return {term.title: term.id for term in known.values()}
    if info.annotation is bool:
        return {YES: "true"}
    return {str(word).capitalize(): str(word) for word in literals(info.annotation)}


def _question(key: str, info: FieldInfo, choices: Mapping[str, str]) -> Question:
    example = info.examples[0] if info.examples else ""
    many = isinstance(example, list)
    shown = ", ".join(map(str, example)) if isinstance(example, list) else str(example)
    label = LABELS.get(key, key.replace("_", " ").capitalize())
    return Question(
        key, label, HELPS.get(key, info.description or ""), info.is_required(), many, "" if choices else shown, choices
    )


def _ordered(questions: Iterator[Question], first: Sequence[str]) -> list[Question]:
    rank = {key: place for place, key in enumerate(first)}
    return sorted(questions, key=lambda question: rank.get(question.key, len(rank)))


def _entry(label: str) -> Question:
    help_ = "Its name in the address of its page: `uvicorn` for …/catalogue/servers/uvicorn/. The address will do, too."
    return Question("entry", label, help_, required=True, example="uvicorn")


def correctable() -> list[str]:
    """The fields that the form for corrections offers: those that are one text or one list of texts."""
    names = [field.alias or name for model in MODELS.values() for name, field in model.model_fields.items()]
    return [name for name in dict.fromkeys(names) if name not in {"added", "status", "claims"}]


def _correction() -> Iterator[Question]:
    yield _entry("Entry to correct")
    fields = {LABELS.get(key, key.replace("_", " ").capitalize()): key for key in correctable()}
    yield Question("field", "What is wrong", "One thing at a time, please.", required=True, choices=fields)
    yield Question("value", "What should stand there", "The whole new value; nothing, if the line should go.")
    yield Question(
        "source", "Page that shows it", "Where somebody can check it.", required=True, example="https://uvicorn.dev"
    )


def _ending() -> Iterator[Question]:
    yield _entry("Project that ended")
    for name, info in Status.model_fields.items():
        words = {str(word).capitalize(): str(word) for word in literals(info.annotation)}
        yield _question(name, info, words)
    successor = Software.model_fields["succeeded_by"]
    yield _question("succeeded_by", successor, {})
