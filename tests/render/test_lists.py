"""Pages of kinds and categories lead to the filters and to the comparison; the rules of activity are the code's."""

import pytest

from scripts.view.activity import RULES
from tests.conftest import Repository
from tests.render.reading import page
from tests.view.views import view_of


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("catalogue/servers/index.md", ["../../catalogue/?kind=server"]),
        ("catalogue/publications/index.md", ["../../publications/"]),
        (
            "catalogue/categories/general-purpose.md",  # whose choice is hard
            ["../../../catalogue/?category=general-purpose", "../../../compare/general-purpose/"],
        ),
        ("catalogue/categories/security.md", ["../../../catalogue/?category=security"]),
        ("catalogue/categories/article.md", ["../../../publications/?type=article"]),
    ],
)
def test_lists_lead_to_filters_and_hard_choices_to_the_comparison(
    repository: Repository, path: str, expected: list[str]
) -> None:
    found = page(view_of(repository), path)
    links = [link["href"] for link in found.find_all("a") if link.get_text().startswith(("Filter", "Compare"))]
    assert links == expected


def test_the_criteria_state_each_rule_of_the_code(repository: Repository) -> None:
    rows = page(view_of(repository), "catalogue/.parts/activity.md").select("tbody tr")
    cells = [[cell.get_text() for cell in row.find_all("td")] for row in rows]
    assert cells == [[state.capitalize(), rule] for state, rule in RULES.items()]
