"""The server's own tests use the fixtures that it offers to others."""

from tests.outside.fixtures import github_schema, outside

__all__ = ["github_schema", "outside"]
