"""The local server that stands for the outside world."""

from tests.outside.fixtures import github_schema, outside

__all__ = ["github_schema", "outside"]
