"""A person with a clone, and the world outside."""

from collections.abc import Iterator

import pytest

from tests.conftest import Repository
from tests.intake.person import Person
from tests.outside.server import Outside


@pytest.fixture
def person(repository: Repository, capsys: pytest.CaptureFixture[str]) -> Person:
    """With a fresh repository of the small catalogue."""
    made = Person(repository.root, capsys)
    made.git("init", "--quiet", "--initial-branch", "main")
    made.git("add", "--all")
    made.git("commit", "--quiet", "--message", "Begin")
    return made


@pytest.fixture
def online(monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    """The commands ask the test's own forges and index, without a token."""
    for name in ("GITHUB_TOKEN", "GH_TOKEN", "GITLAB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    with Outside() as server:
        monkeypatch.setenv("GITHUB_API_URL", server.url)
        monkeypatch.setenv("GITLAB_API_URL", f"{server.url}/api/v4")
        monkeypatch.setenv("FORGEJO_API_URL", f"{server.url}/api/v1")
        monkeypatch.setenv("PACKAGE_INDEX_URL", f"{server.url}/pypi")
        yield server
    assert server.failures == []
