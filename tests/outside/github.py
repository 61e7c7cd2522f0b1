"""GitHub's GraphQL API: its published schema, executed over the world.

Fields of the schema that the world does not model answer with an error and are noted as failures, never as null:
a null would read as "GitHub does not know".
"""

import functools
import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    build_schema,
    execute_sync,
    parse,
    validate,
)

from tests.conftest import PROJECT
from tests.outside.messages import Answer, Request, as_json
from tests.outside.world import Repository, World, epoch_text, zulu

SCHEMA = PROJECT / "requirements/npm/node_modules/@octokit/graphql-schema/schema.graphql"
MOST_REPOSITORIES = 100
MOST_ITEMS = 100
LICENSES = {"MIT": "MIT License", "Apache-2.0": "Apache License 2.0", "NOASSERTION": "Other"}
COUNTING = threading.Lock()  # points of the rate limit


@functools.cache
def schema() -> GraphQLSchema:
    """Parsed once for all tests: it takes a second or two."""
    return build_schema(SCHEMA.read_text(encoding="utf-8"), assume_valid=True, assume_valid_sdl=True)


@dataclass(frozen=True, slots=True)
class Context:
    """What resolvers reach for: the world, and where a failing test is noted."""

    world: World
    fail: Callable[[str], None]


Info = GraphQLResolveInfo[Context]


def answer(world: World, request: Request, fail: Callable[[str], None]) -> Answer:
    """The answer to ``POST /graphql``. ``fail`` notes what must fail the test, whatever the client makes of it."""
    if refusal := _refusal(world, request):
        return refusal
    try:
        asked = request.json()
    except ValueError:
        return as_json({"message": "Problems parsing JSON"}, 400)
    query = asked.get("query") if isinstance(asked, dict) else None
    if not isinstance(query, str):
        return as_json({"errors": [{"message": "A query attribute must be specified and must be a string."}]})
    with COUNTING:
        spent = world.rate.remaining < world.rate.cost
        world.rate.remaining -= 0 if spent else world.rate.cost
    result = _rate_limited() if spent else _result(Context(world, fail), query, asked)
    return as_json(result, headers=_rate_headers(world))


def _refusal(world: World, request: Request) -> Answer | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() not in {"bearer", "token"} or token.strip() != world.token:
        return as_json({"message": "Bad credentials", "documentation_url": "https://docs.github.com/rest"}, 401)
    if not request.headers.get("user-agent"):
        message = "Request forbidden by administrative rules. Please make sure your request has a User-Agent header"
        return Answer(403, {"Content-Type": "text/html"}, message.encode())
    return None


def _rate_limited() -> dict[str, Any]:
    return {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded for user ID 1."}]}


def _rate_headers(world: World) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(world.rate.limit),
        "X-RateLimit-Remaining": str(world.rate.remaining),
        "X-RateLimit-Used": str(world.rate.limit - world.rate.remaining),
        "X-RateLimit-Reset": str(world.rate.reset),
        "X-RateLimit-Resource": "graphql",
    }


def _result(context: Context, query: str, asked: dict[str, Any]) -> dict[str, Any]:
    """``{"data": …}``, ``{"errors": […]}`` of an invalid query, or both."""
    try:
        document = parse(query)
    except GraphQLSyntaxError as error:
        return {"errors": [_shown(error)]}
    if invalid := validate(schema(), document):
        return {"errors": [_shown(error) for error in invalid]}
    if (count := _repositories(document)) > MOST_REPOSITORIES:
        context.fail(f"a query asked for {count} repositories; {MOST_REPOSITORIES} is the most")
    done = execute_sync(
        schema(),
        document,
        root_value=ROOT,
        context_value=context,
        variable_values=asked.get("variables") or {},
        operation_name=asked.get("operationName"),
        field_resolver=_resolve,
    )
    errors = {"errors": [_shown(error) for error in done.errors]} if done.errors else {}
    return {"data": done.data} | errors


def _shown(error: GraphQLError) -> dict[str, Any]:
    """An error as GitHub writes it: with its ``type`` at the top."""
    extensions = dict(error.extensions or {})
    shown: dict[str, Any] = {"type": extensions.pop("type")} if "type" in extensions else {}
    if error.path is not None:
        shown["path"] = error.path
    if extensions:
        shown["extensions"] = extensions
    locations = [{"line": at.line, "column": at.column} for at in error.locations or ()]
    return shown | {"locations": locations, "message": error.message}


def _repositories(document: DocumentNode) -> int:
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    fields = [field for node in operations for field in node.selection_set.selections]
    return sum(isinstance(field, FieldNode) and field.name.value == "repository" for field in fields)


def _resolve(source: dict[str, Any], info: Info, **arguments: Any) -> Any:
    """The value of a field; a value that is a function is called with the field's arguments."""
    if info.field_name not in source:
        message = f"the test server does not model {info.parent_type.name}.{info.field_name}"
        info.context.fail(message)
        raise GraphQLError(message, extensions={"type": "NOT_MODELLED"})
    value = source[info.field_name]
    return value(info, **arguments) if callable(value) else value


def _repository(info: Info, owner: str, name: str, followRenames: bool = True) -> Any:  # noqa: FBT001, FBT002, N803  # the schema's
    world: World = info.context.world
    found = world.github.find(f"{owner}/{name}", follow=followRenames)
    if found is None:
        message = f"Could not resolve to a Repository with the name '{owner}/{name}'."
        raise GraphQLError(message, extensions={"type": "NOT_FOUND"})
    return shown_repository(found)


def _node(info: Info, id: str) -> Any:  # noqa: A002  # the schema's
    world: World = info.context.world
    number = id.removeprefix("R_")
    found = world.github.by_id(int(number)) if number.isdecimal() else None
    if found is None:
        message = f"Could not resolve to a node with the global id of '{id}'"
        raise GraphQLError(message, extensions={"type": "NOT_FOUND"})
    return shown_repository(found)


def _rate_limit(info: Info, **_: Any) -> dict[str, Any]:
    rate = info.context.world.rate
    return {
        "cost": rate.cost,
        "limit": rate.limit,
        "nodeCount": 0,
        "remaining": rate.remaining,
        "used": rate.limit - rate.remaining,
        "resetAt": epoch_text(rate.reset),
    }


ROOT: dict[str, Any] = {
    "repository": _repository,
    "node": _node,
    "nodes": lambda info, ids: [_node(info, one) for one in ids],
    "rateLimit": _rate_limit,
    "viewer": {"__typename": "User", "login": "outside", "id": "U_1"},
}


def shown_repository(one: Repository) -> dict[str, Any]:
    """A ``Repository`` of the schema. Parts that many queries leave out are functions."""
    url = f"https://github.com/{one.path}"
    return {
        "__typename": "Repository",
        "id": one.node_id,
        "databaseId": one.id,
        "name": one.name,
        "nameWithOwner": one.path,
        "owner": {"__typename": "Organization", "login": one.owner, "id": f"O_{one.owner}", "name": one.owner},
        "url": url,
        "resourcePath": f"/{one.path}",
        "description": one.description or None,
        "homepageUrl": one.homepage or None,
        "createdAt": zulu(one.created),
        "pushedAt": one.pushed and zulu(one.pushed),
        "updatedAt": zulu(one.pushed or one.created),
        "stargazerCount": one.stars,
        "forkCount": one.forks,
        "stargazers": _counted(one.stars),
        "forks": _counted(one.forks),
        "issues": functools.partial(_issues, one),
        "parent": functools.partial(_parent, one),
        "licenseInfo": _license(one.license),
        "repositoryTopics": functools.partial(_connection, [_topic(name) for name in one.topics]),
        "latestRelease": _release(one, url),
        "releases": functools.partial(_connection, [_release(one, url)] if one.latest_release else []),
        "defaultBranchRef": _branch(one),
        "object": functools.partial(_object, one),
    } | _flags(one)


def _search(info: Info, query: str, type: str, **arguments: Any) -> dict[str, Any]:  # noqa: A002  # the schema's
    """Repositories by topic, flags and stars, the last pushed first: the part of the search syntax that we use."""
    if type != "REPOSITORY":
        info.context.fail(f"the test server searches repositories only, not {type}")
    words = dict(word.partition(":")[::2] for word in query.split())
    if unknown := set(words) - {"topic", "fork", "archived", "stars", "sort"}:
        info.context.fail(f"the test server does not know the qualifiers {unknown}")
    found = [
        one
        for one in info.context.world.github.repositories.values()
        if words["topic"] in one.topics
        and str(one.fork).lower() == words.get("fork", "false")
        and str(one.archived).lower() == words.get("archived", str(one.archived).lower())
        and one.stars >= int(words.get("stars", ">=0").removeprefix(">="))
    ]
    found.sort(key=lambda one: one.pushed or "", reverse=True)
    shown = [shown_repository(one) for one in found]
    return _connection(shown, info, **arguments) | {"repositoryCount": len(shown)}


def _object(one: Repository, _info: Info, expression: str = "", **_: Any) -> dict[str, Any] | None:
    """A file of the default branch, by ``HEAD:path``."""
    text = one.files.get(expression.removeprefix("HEAD:"))
    if text is None:
        return None
    size = len(text.encode())
    return {"__typename": "Blob", "text": text, "byteSize": size, "isBinary": False, "isTruncated": False}


ROOT["search"] = _search


def _flags(one: Repository) -> dict[str, Any]:
    return {
        "archivedAt": zulu(one.pushed or one.created) if one.archived else None,
        "hasIssuesEnabled": True,
        "isArchived": one.archived,
        "isDisabled": one.disabled,
        "isEmpty": one.last_commit is None,
        "isFork": one.fork,
        "isInOrganization": True,
        "isLocked": False,
        "isMirror": False,
        "isPrivate": False,
        "isTemplate": False,
        "mirrorUrl": None,
        "visibility": "PUBLIC",
    }


def _counted(total: int) -> Callable[..., dict[str, Any]]:
    """A connection of which the world knows the number only."""
    return lambda _info, **_arguments: {"totalCount": total}


def _issues(one: Repository, _info: Info, **arguments: Any) -> dict[str, Any]:
    states = arguments.get("states") or (arguments.get("filterBy") or {}).get("states") or ["OPEN", "CLOSED"]
    return {"totalCount": one.open_issues * ("OPEN" in states) + one.closed_issues * ("CLOSED" in states)}


def _parent(one: Repository, info: Info) -> dict[str, Any] | None:
    if one.parent is None:
        return None
    owner, name = one.parent.split("/")
    return shown_repository(info.context.world.github.find(one.parent) or Repository(owner, name))


def _connection(items: list[Any], info: Info, **arguments: Any) -> dict[str, Any]:
    """A connection. GitHub wants ``first`` or ``last``, at most 100, of whoever asks for its items."""
    size = arguments.get("first", arguments.get("last"))
    if size is not None and size > MOST_ITEMS:
        message = f"Requesting {size} records on the `{info.field_name}` connection exceeds the `first` limit of 100"
        raise GraphQLError(message, extensions={"type": "EXCESSIVE_PAGINATION"})

    def bounded(inner: Info) -> list[Any]:
        if size is None:
            message = f"You must provide a `first` or `last` value to properly paginate the `{info.field_name}`."
            raise GraphQLError(message, extensions={"type": "MISSING_PAGINATION_BOUNDARIES"})
        return [{"node": item} for item in items[:size]] if inner.field_name == "edges" else items[:size]

    more = {"hasNextPage": len(items) > (size or 0), "hasPreviousPage": False, "startCursor": None, "endCursor": None}
    return {"totalCount": len(items), "nodes": bounded, "edges": bounded, "pageInfo": more}


def _topic(name: str) -> dict[str, Any]:
    return {"topic": {"name": name, "id": f"T_{name}"}, "url": f"https://github.com/topics/{name}", "id": f"RT_{name}"}


def _license(spdx: str | None) -> dict[str, Any] | None:
    if spdx is None:
        return None
    key = "other" if spdx == "NOASSERTION" else spdx.lower()
    url = None if spdx == "NOASSERTION" else f"http://choosealicense.com/licenses/{key}/"
    shown = {"key": key, "name": LICENSES.get(spdx, spdx), "nickname": None, "spdxId": spdx, "url": url}
    return shown | {"id": f"L_{key}", "pseudoLicense": spdx == "NOASSERTION"}


def _release(one: Repository, url: str) -> dict[str, Any] | None:
    if one.latest_release is None:
        return None
    tag, date = one.latest_release
    moment = zulu(date)
    shown = {"id": f"RE_{one.id}", "tagName": tag, "name": tag, "url": f"{url}/releases/tag/{tag}"}
    moments = {"createdAt": moment, "publishedAt": moment, "updatedAt": moment}
    return shown | moments | {"isDraft": False, "isPrerelease": False, "isLatest": True}


def _branch(one: Repository) -> dict[str, Any] | None:
    if one.last_commit is None:
        return None
    oid = hashlib.sha256(json.dumps([one.id, one.last_commit]).encode()).hexdigest()[:40]
    moment = zulu(one.last_commit)
    commit: dict[str, Any] = {"__typename": "Commit", "id": f"C_{oid}", "oid": oid, "messageHeadline": "A change"}
    commit |= {"committedDate": moment, "authoredDate": moment, "pushedDate": None, "abbreviatedOid": oid[:7]}
    commit["history"] = functools.partial(_connection, [commit])
    return {"id": f"REF_{one.id}", "name": "main", "prefix": "refs/heads/", "target": commit}
