"""Which comparisons are written out, in which order and by which columns."""

import json

from scripts.view.comparison import Ground
from scripts.view.written import Written, written_comparisons
from tests.conftest import Repository
from tests.view.test_comparison import PACKAGE
from tests.view.test_differences import OTHER
from tests.view.views import view_of


def written(repository: Repository, **packages: object) -> Written:
    repository.write("data/facts/packages.json", json.dumps(packages))
    (only,) = written_comparisons(Ground(view_of(repository)))
    return only


def test_categories_with_a_note_are_written_and_no_others(repository: Repository) -> None:
    assert written(repository, examplecorn=PACKAGE).category.id == "general-purpose"


def test_the_established_come_first_and_the_dead_not_at_all(repository: Repository) -> None:
    for slug in ("aaacorn", "deadcorn", "othercorn"):
        repository.server(
            slug,
            name=slug,
            description=f"Serves applications in the way of {slug}.",
            repository=f"https://github.com/example/{slug}",
            package=slug,
        )
    young, dead = PACKAGE | {"first_release": "2026-01-01"}, PACKAGE | {"last_release": "2020-01-01"}
    found = written(repository, examplecorn=PACKAGE, othercorn=PACKAGE, aaacorn=young, deadcorn=dead)
    assert [row.slug for row in found.established] == ["examplecorn", "othercorn"]
    assert [row.slug for row in found.others] == ["aaacorn"]


def test_columns_are_what_tells_entries_apart(repository: Repository) -> None:
    repository.server("othercorn", **OTHER)
    found = written(repository, examplecorn=PACKAGE, othercorn=PACKAGE | {"license": "MIT", "dependencies": None})
    assert [column.aspect.id for column in found.columns] == ["does", "license", "dependencies"]


def test_the_head_of_a_column_has_the_commonest_origin(repository: Repository) -> None:
    repository.server("othercorn", **OTHER)
    repository.server(
        "thirdcorn",
        name="Third",
        package="third",
        description="Serves, the third way of all.",
        repository="https://github.com/example/third",
    )
    packages = {"examplecorn": PACKAGE, "othercorn": PACKAGE | {"license": "MIT"}}
    found = written(repository, **packages, third=PACKAGE | {"observed": "2026-11-01", "license": "ISC"})
    (licenses,) = [column for column in found.columns if column.aspect.id == "license"]
    assert licenses.origin
    assert str(licenses.origin.date) == "2026-11-20"
