"""Whether a newcomer is known already, by any name that it has or had."""

import json
from dataclasses import replace

import pytest

from scripts.catalogue.declined import load_declined
from scripts.catalogue.load import load
from scripts.facts.store import load_facts
from scripts.intake.similar import Likeness, Newcomer, likenesses
from tests.conftest import Repository

NEW = Newcomer("Otherworld", "otherworld", "https://github.com/new/otherworld", "otherworld")
HERE = "`examplecorn` (data/servers/examplecorn.yml)"


def found(repository: Repository, newcomer: Newcomer) -> list[Likeness]:
    facts, problems = load_facts(repository.root)
    _, decisions, unreadable = load_declined(repository.root)
    assert [*problems, *unreadable] == []
    return likenesses(newcomer, load(repository.root).listings, facts, decisions)


def test_a_stranger_is_like_nothing(repository: Repository) -> None:
    assert found(repository, NEW) == []


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"repository": "https://github.com/Example/Examplecorn"}, f"{HERE} has this repository already."),
        ({"package": "examplecorn"}, f"{HERE} has this package already."),
        (
            {"repository": "https://github.com/Old/corn"},
            f"{HERE} is this project: it was at github.com/Old/corn before.",
        ),
        (
            {"former": ("example/examplecorn",)},
            f"{HERE} is this project: github.com/new/otherworld is its repository under another name.",
        ),
        (
            {"repository": "https://github.com/moved/corn"},
            f"{HERE} is this project: github.com/moved/corn is its repository under another name.",
        ),
    ],
)
def test_the_same_thing_is_certain(repository: Repository, changes: dict[str, str], text: str) -> None:
    repository.server(formerly="[old/corn]")
    repository.write(
        "data/facts/github.json",
        json.dumps({"example/examplecorn": {"observed": "2026-11-20", "source": "GitHub", "name": "moved/corn"}}),
    )
    newcomer = replace(NEW, **{"package": "", **changes})  # type: ignore[arg-type]  # texts and one tuple
    assert found(repository, newcomer) == [Likeness(text, certain=True)]


def test_the_forges_own_number_tells_a_move_apart_from_nothing(repository: Repository) -> None:
    facts = {"observed": "2026-11-20", "source": "GitHub", "id": "R_1", "name": "example/examplecorn"}
    repository.write("data/facts/github.json", json.dumps({"example/examplecorn": facts}))
    (same,) = found(repository, replace(NEW, id="R_1"))
    assert same.certain
    assert found(repository, replace(NEW, id="R_2")) == []


def test_two_packages_of_one_repository_may_both_be_entries(repository: Repository) -> None:
    newcomer = replace(NEW, repository="https://github.com/example/examplecorn", package="examplecorn-extra")
    assert found(repository, newcomer) == [Likeness(f"{HERE} is another package of this repository.")]


def test_forks_are_named_in_both_directions(repository: Repository) -> None:
    (fork,) = found(repository, replace(NEW, parent="example/examplecorn"))
    assert not fork.certain
    assert fork.text.startswith(f"It is a fork of {HERE}.")
    facts = {"observed": "2026-11-20", "source": "GitHub", "fork": True, "parent": "new/otherworld"}
    repository.write("data/facts/github.json", json.dumps({"example/examplecorn": facts}))
    assert found(repository, NEW) == [Likeness(f"{HERE} is a fork of it.")]


@pytest.mark.parametrize("name", ["examplecorn", "Example-Corn", "Exampelcorn", "examplecorns"])
def test_a_name_that_is_nearly_the_same_is_asked_about(repository: Repository, name: str) -> None:
    (alike,) = found(repository, replace(NEW, name=name))
    assert alike == Likeness(f"The name is like that of {HERE}. Is it something else?")


@pytest.mark.parametrize("name", ["Examples", "Corn", "ex", "Example Guardian Service"])
def test_a_name_that_is_another_is_not(repository: Repository, name: str) -> None:
    assert found(repository, replace(NEW, name=name)) == []


def test_a_former_name_is_recognised(repository: Repository) -> None:
    repository.server(formerly="[Otherworld]")
    assert found(repository, NEW) == [Likeness(f"{HERE} had this name before.")]


@pytest.mark.parametrize(
    "newcomer",
    [
        NEW,
        replace(NEW, name="Something", package="", repository="https://github.com/New/Otherworld/"),
        replace(NEW, name="Something", package="otherworld", repository="https://github.com/a/b"),
    ],
)
def test_what_was_declined_is_remembered(repository: Repository, newcomer: Newcomer) -> None:
    repository.write(
        "data/declined.yml",
        "- name: Otherworld\n  address: https://github.com/new/otherworld\n  reason: too-thin\n"
        "  note: It adds a single header.\n",
    )
    text = "Otherworld was looked at before and left out (too-thin): It adds a single header."
    assert found(repository, newcomer) == [Likeness(text, declined=True)]


def test_a_publication_is_known_by_its_address(repository: Repository) -> None:
    newcomer = Newcomer("Another title", url="https://www.blog.example.com/servers/")
    (same,) = found(repository, newcomer)
    assert same.certain
    assert "has this address already" in same.text
