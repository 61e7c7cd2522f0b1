"""Records and entries that fill the small repository, for pages and exports alike."""

import json
from collections.abc import Mapping

from tests.conftest import Repository


def fill(repository: Repository, facts: Mapping[str, object]) -> None:
    """Facts by the name of their file; a component of the server, and an ended project that the server succeeds."""
    for name, records in facts.items():
        repository.write(f"data/facts/{name}.json", json.dumps(records, indent=2))
    repository.middleware(
        "corn-headers",
        name="CornHeaders",
        description="Trusts the headers that a proxy in front of the server sets.",
        repository=None,
        package=None,
        part_of="examplecorn",
        import_="examplecorn.headers.CornHeaders",
        evidence="https://github.com/example/examplecorn/blob/main/examplecorn/headers.py",
    )
    repository.server(
        "oldcorn",
        name="Oldcorn",
        description="Served ASGI 2 applications, with one thread for each connection.",
        repository="https://github.com/example/oldcorn",
        package="oldcorn",
        succeeded_by="examplecorn",
        status='{state: superseded, since: 2021-03, reason: "Its README names the successor.", '
        'source: "https://github.com/example/oldcorn"}',
    )
