"""What was declined, with its reason: mistakes in the file are named like mistakes in entries."""

import pytest

from scripts.catalogue.declined import decline_problems, load_declined
from scripts.catalogue.load import load
from tests.conftest import Repository

GOOD = """- name: Robyn
  address: https://github.com/sparckles/Robyn
  reason: not-asgi
  note: It serves with an interface of its own.
- name: corn
  reason: duplicate
  note: An older name.
  of: examplecorn
"""


def problems(repository: Repository, text: str) -> list[str]:
    repository.write("data/declined.yml", text)
    catalogue = load(repository.root)
    document, decisions, found = load_declined(repository.root)
    assert catalogue.vocabularies
    found += decline_problems(document, decisions, catalogue.listings, catalogue.vocabularies)
    return [str(problem) for problem in found]


def test_good_ones_are_silent(repository: Repository) -> None:
    assert problems(repository, GOOD) == []


def test_no_file_is_nothing_declined_yet(repository: Repository) -> None:
    assert load_declined(repository.root)[1:] == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("not-asgi", "not-asgy", "3:11: `not-asgy` is no reason. Did you mean `not-asgi`?"),
        ("of: examplecorn", "of: examplecron", "8:7: `examplecron` is no entry. Did you mean `examplecorn`?"),
        ("  of: examplecorn\n", "", "5:3: `of` goes with the reason `duplicate`. Add or remove it."),
        ("sparckles/Robyn", "Example/ExampleCorn", "2:12: `examplecorn` is an entry with this address."),
        ("  note: An older name.\n", "", "5:3: `note` is missing."),
        ("note: An", "nota: An", "is not a known key. Did you mean `note`?"),
        ("https://github", "http://github", "does not start with `https://`"),
        (GOOD, "name: x\n", "1:1: This is not a list."),
        (GOOD, "- [", "This is not YAML"),
    ],
)
def test_mistakes(repository: Repository, old: str, new: str, expected: str) -> None:
    (problem,) = problems(repository, GOOD.replace(old, new))
    assert problem.startswith("data/declined.yml:")
    assert expected in problem


def test_declined_twice(repository: Repository) -> None:
    (problem,) = problems(repository, GOOD + GOOD.split("- name: corn", maxsplit=1)[0])
    assert "This was declined above already." in problem
