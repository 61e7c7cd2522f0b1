"""What entries are compared by: values with their day and source, and what counts as a difference."""

import datetime as dt
import json
from typing import Any

import pytest

from scripts.facts.models import Vulnerability
from scripts.view.comparison import SECTIONS, Ground, differs
from scripts.view.packages import distinct
from scripts.view.values import Origin, Part, Value, span
from tests.conftest import Repository
from tests.view.views import view_of

PACKAGE: dict[str, Any] = {
    "version": "2.1",
    "last_release": "2026-10-01",
    "first_release": "2019-02-03",
    "requires_python": ">=3.9",
    "pythons": ["3.10", "3.9", "3.11"],
    "license": "Apache-2.0",
    "typed": True,
    "dependencies": 0,
    "observed": "2026-11-20",
    "source": "package index",
}


def values(repository: Repository, slug: str = "examplecorn", **package: Any) -> dict[str, Value]:
    repository.write("data/facts/packages.json", json.dumps({"examplecorn": PACKAGE | package}))
    return dict(Ground(view_of(repository)).values[slug])


def test_every_value_has_its_day_and_source(repository: Repository) -> None:
    found = values(repository)
    index = Origin(dt.date(2026, 11, 20), "package index")
    assert {name: found[name].text for name in ("version", "released", "first", "python", "declared")} == {
        "version": "2.1",
        "released": "2026-10-01",
        "first": "2019-02-03",
        "python": ">=3.9",
        "declared": "3.9 to 3.11",
    }
    assert {found[name].origin for name in ("version", "python", "license", "typed", "dependencies")} == {index}
    assert all(value.origin for value in found.values() if value.known)


def test_unknown_is_a_value_and_nothing_is_another(repository: Repository) -> None:
    found = values(repository)
    assert (found["stars"].known, found["stars"].text) == (False, "unknown")
    assert (found["dependencies"].text, found["vulnerabilities"].text) == ("0", "none")
    assert found["vulnerabilities"].empty
    without = dict(Ground(view_of(repository)).values["example-guard"])
    assert not any(without[name].known for name in ("version", "released", "license", "typed", "vulnerabilities"))


def test_activity_says_its_rule_and_a_humans_word_its_page(repository: Repository) -> None:
    assert values(repository)["activity"].note == "a release or commit within the last 12 months"
    repository.server(
        status='{state: archived, reason: "Its authors say that it ended.", since: 2021, source: "https://example.com/end"}'
    )
    said = values(repository)["activity"]
    assert (said.text, said.note) == ("Archived", "Its authors say that it ended. Since 2021.")
    assert said.origin
    assert said.origin.url == "https://example.com/end"


def test_a_licence_says_what_family_it_is(repository: Repository) -> None:
    assert (values(repository)["license"].text, values(repository)["license"].note) == ("Apache-2.0", "Permissive")


def test_protocols_come_with_the_page_that_claims_them(repository: Repository) -> None:
    repository.server(
        tags="[http2, websocket]", claims='{protocols: [http/1.1, websocket], source: "https://example.com/docs"}'
    )
    found = values(repository)["protocols"]
    assert (found.text, found.note) == ("HTTP/1.1, WebSocket", "tagged HTTP/2 besides")
    assert found.origin == Origin(dt.date(2026, 11, 22), "its documentation", "https://example.com/docs")


def test_a_tag_alone_is_no_claim(repository: Repository) -> None:
    repository.server(tags="[http2, proxy]")
    found = values(repository)
    assert (found["protocols"].text, found["protocols"].note) == ("HTTP/2", "by its tags alone")
    assert found["tags"].text == "Proxy"


def test_relations_name_entries(repository: Repository) -> None:
    component = {"repository": None, "package": None, "part_of": "examplecorn", "import_": "examplecorn.Guard"}
    repository.middleware(**component)
    assert values(repository)["ships"].parts == (Part("Example Guard", "example-guard"),)
    of_component = values(repository, "example-guard")
    assert of_component["part-of"].parts == (Part("Examplecorn", "examplecorn"),)
    assert of_component["works"].text == "any ASGI application"
    assert of_component["version"].text == "2.1", "a component is released with its package"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [(("MIT", "MIT"), False), (("MIT", "ISC"), True), (("MIT", None), True), ((None, None), False)],
)
def test_unknown_differs_from_known_and_not_from_itself(texts: tuple[str | None, ...], *, expected: bool) -> None:
    assert differs(Value.of(text, None) for text in texts) is expected


def test_one_date_more_is_no_difference() -> None:
    days = (dt.date(2026, 1, 1), dt.date(2026, 2, 2))
    assert not differs(Value.of("MIT", Origin(day, "package index")) for day in days)


def test_ids_are_unique() -> None:
    ids = [aspect.id for section in SECTIONS for aspect in section.aspects]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("versions", "text"),
    [
        ([], ""),
        (["3.9"], "3.9"),
        (["3.10", "3.9"], "3.9, 3.10"),
        (["3.14", "3.12", "3.13", "3.9"], "3.9, 3.12 to 3.14"),
        (["2.7", "3.8"], "2.7, 3.8"),
    ],
)
def test_runs_of_versions_are_joined(versions: list[str], text: str) -> None:
    assert span(versions) == text


def test_one_vulnerability_under_several_numbers_is_one() -> None:
    found = distinct(
        (
            Vulnerability(id="GHSA-1", aliases=("CVE-2026-1", "PYSEC-1")),
            Vulnerability(id="GHSA-2", aliases=("CVE-2026-2",)),
            Vulnerability(id="PYSEC-1", aliases=("CVE-2026-1", "GHSA-1"), fixed_in=("2.2",)),
        )
    )
    assert sorted((one.id, one.fixed_in) for one in found) == [("CVE-2026-1", ("2.2",)), ("CVE-2026-2", ())]
