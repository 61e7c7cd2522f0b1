"""The forms ask for what the models want, with the choices of the vocabularies, and are read as they are shown."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from scripts.catalogue.load import load
from scripts.catalogue.models import MODELS, Publication, Software, Status
from scripts.catalogue.vocabularies import Vocabularies
from scripts.intake.answers import Answers, read_answers
from scripts.intake.fields import infos, literals
from scripts.intake.forms import form_files
from scripts.intake.questions import (
    CORRECTION,
    DISPUTE,
    ENDING,
    PUBLICATION,
    SOFTWARE,
    UNASKED,
    categories,
    correctable,
    forms,
)
from tests.conftest import PROJECT

TEMPLATES = PROJECT / ".github" / "ISSUE_TEMPLATE"


@pytest.fixture(scope="module")
def terms() -> Vocabularies:
    found = load(PROJECT).vocabularies
    assert found is not None
    return found


def shown(name: str) -> list[dict[str, Any]]:
    """The fields of a form as they are in the repository."""
    read = yaml.safe_load((TEMPLATES / f"{name}.yml").read_text(encoding="utf-8"))
    return [element for element in read["body"] if element["type"] != "markdown"]


def test_the_committed_forms_are_the_generated_ones(terms: Vocabularies) -> None:
    for path, text in form_files(terms).items():
        assert (PROJECT / path).read_text(encoding="utf-8") == text, f"{path}: run `make build`"
    written = {path.name for path in TEMPLATES.iterdir()}
    assert written == {Path(path).name for path in form_files(terms)} | {"config.yml"}


@pytest.mark.parametrize(("form", "model"), [(SOFTWARE, Software), (PUBLICATION, Publication)])
def test_every_field_of_the_model_is_asked_for(form: str, model: type[BaseModel]) -> None:
    asked = {element["id"] for element in shown(form)}
    every = {*infos(model)} | ({key for kind in MODELS.values() for key in infos(kind)} if model is Software else set())
    every -= set(infos(Publication)) - set(infos(Software)) if model is Software else set()
    assert asked == every - {*UNASKED}
    required = {element["id"] for element in shown(form) if element["validations"]["required"]}
    assert required == {key for key, info in infos(model).items() if info.is_required()} - {*UNASKED}


def test_the_form_for_endings_asks_for_the_whole_status() -> None:
    assert [element["id"] for element in shown(ENDING)] == ["entry", *infos(Status), "succeeded_by"]


def test_everything_but_parts_and_the_day_can_be_corrected() -> None:
    every = {key for model in MODELS.values() for key in infos(model)}
    assert every - {*correctable()} == {"added", "status", "claims"}


def test_the_choices_are_those_of_vocabularies_and_models(terms: Vocabularies) -> None:
    options = {
        (form, element["id"]): element["attributes"]["options"]
        for form in (SOFTWARE, PUBLICATION, CORRECTION, ENDING)
        for element in shown(form)
        if element["type"] == "dropdown"
    }
    titles = {
        f"{terms.kinds[kind].title}: {term.title}"
        for kind, known in terms.categories.items()
        for term in known.values()
        if kind != "publication"
    }
    assert {*options.pop((SOFTWARE, "category"))} == titles
    assert {*categories(terms).values()} == {
        id_ for kind, known in terms.categories.items() for id_ in known if kind != "publication"
    }
    assert options.pop((SOFTWARE, "tags")) == [tag.title for tag in terms.tags.values()]
    assert options.pop((PUBLICATION, "type")) == [term.title for term in terms.categories["publication"].values()]
    assert options.pop((PUBLICATION, "language")) == [term.title for term in terms.languages.values()]
    assert [word.lower() for word in options.pop((PUBLICATION, "level"))] == [
        *literals(infos(Publication)["level"].annotation)
    ]
    assert [word.lower() for word in options.pop((ENDING, "state"))] == [*literals(infos(Status)["state"].annotation)]
    assert options.pop((PUBLICATION, "background")) == ["Yes"]
    assert len(options.pop((CORRECTION, "field"))) == len(correctable())
    assert options == {}


def test_github_takes_them() -> None:
    """https://docs.github.com/en/communities/…/syntax-for-githubs-form-schema, and what our reader relies on."""
    firsts = set()
    for name in (SOFTWARE, PUBLICATION, CORRECTION, ENDING, DISPUTE):
        elements = shown(name)
        labels = [element["attributes"]["label"] for element in elements]
        ids = [element["id"] for element in elements]
        assert len({*labels}) == len(labels)
        assert len({*ids}) == len(ids)
        assert all(re.fullmatch(r"[A-Za-z0-9_-]+", id_) for id_ in ids)
        for element in elements:
            options = element["attributes"].get("options", ["x"])
            assert len({*options}) == len(options)
            assert all(isinstance(option, str) and option and option != "None" for option in options)
            assert not (element["attributes"].get("multiple") and any("," in option for option in options))
        firsts.add(labels[0])
    assert len(firsts) == 5  # the first heading tells which form it was


def test_a_dispute_names_what_can_be_found_and_measured_again(terms: Vocabularies) -> None:
    asked = {element["id"]: element for element in shown(DISPUTE)}
    assert [*asked] == ["subject", "probe", "version", "value", "source"]
    assert all(element["validations"]["required"] for element in asked.values())
    assert asked["value"]["type"] == "textarea"
    first = asked["subject"]["attributes"]["label"]
    assert isinstance(read_answers(f"### {first}\n\nuvicorn", forms(terms)), list), "no robot takes it for an entry"


def test_answers_come_back_as_they_were_chosen(terms: Vocabularies) -> None:
    for form in forms(terms):
        said, expected = [], {}
        for question in form.questions:
            texts = [*question.choices][:2] if question.choices else ["one", "two"]
            ids = [*question.choices.values()][:2] if question.choices else ["one", "two"]
            expected[question.key] = ids[: len(texts)] if question.many else ids[0]
            said.append(f"### {question.label}\n\n{', '.join(texts) if question.many else texts[0]}")
        for newline in ("\n", "\r\n"):
            body = "\n\n".join(said).replace("\n", newline)
            answers = read_answers(body, forms(terms))
            assert isinstance(answers, Answers)
            assert (answers.form.id, dict(answers.values)) == (form.id, expected)


def test_no_answer_is_no_value(terms: Vocabularies) -> None:
    for form in forms(terms):
        body = "\n\n".join(f"### {question.label}\n\n_No response_" for question in form.questions)
        answers = read_answers(body, forms(terms))
        assert isinstance(answers, Answers)
        assert not answers.values
