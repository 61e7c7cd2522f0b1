"""Views for tests: made of a repository on disk."""

from scripts.catalogue.load import load
from scripts.facts.measured import load_lab_facts
from scripts.facts.store import load_facts
from scripts.view.rows import SoftwareRow, View, make_view
from tests.conftest import Repository


def view_of(repository: Repository) -> View:
    """The view of a repository, which must have no problem."""
    assert repository.problems() == []
    facts, problems = load_facts(repository.root)
    measured, unreadable = load_lab_facts(repository.root)
    assert problems + unreadable == []
    return make_view(load(repository.root), facts, measured=measured)


def software(view: View, slug: str) -> SoftwareRow:
    row = view.rows[slug]
    assert isinstance(row, SoftwareRow)
    return row
