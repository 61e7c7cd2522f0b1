"""Fixtures. A ``conftest.py`` that wants them says ``from tests.outside.fixtures import github_schema, outside``."""

from collections.abc import Iterator

import pytest

from tests.outside import github
from tests.outside.server import Outside


@pytest.fixture(scope="session")
def github_schema() -> None:
    """Parses the schema before any request waits for it."""
    github.schema()


@pytest.fixture
def outside(github_schema: None) -> Iterator[Outside]:  # noqa: ARG001  # for its effect
    """A started server with an empty world. What it noted as a failure fails the test."""
    with Outside() as server:
        yield server
    assert server.failures == []
