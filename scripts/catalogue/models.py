"""The models: what each kind of entry may say. Every field is defined here and nowhere else.

The JSON Schemas in ``data/schema/`` and the table in CONTRIBUTING.md are generated from this module. Terms that are
data (categories, tags, types, languages) are checked by ``rules``.
"""

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from scripts.catalogue.fields import (
    Day,
    DeepUrl,
    FormerName,
    ImportPath,
    Name,
    Package,
    PartialDate,
    Repository,
    Sentence,
    Slug,
    Spdx,
    Text,
    Url,
)

T = TypeVar("T")
Some = Annotated[tuple[T, ...], Field(min_length=1, max_length=20)]


class Model(BaseModel):
    """Frozen, and closed: an unknown key is an error, not a loss."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Status(Model):
    """A human's word about the life of a project, which goes before what dates suggest."""

    state: Literal["active", "archived", "superseded", "abandoned"] = Field(
        description="`archived`: the forge or the author says so. `superseded`: a successor took over. "
        "`abandoned`: its authors say that it ended. `active`: alive, though its dates look old.",
        examples=["archived"],
    )
    since: PartialDate | None = Field(
        default=None, description="When, as exact as the source says: year, month or day.", examples=["2024-10"]
    )
    reason: Sentence = Field(description="Why, in one sentence.", examples=["Its owner archived the repository."])
    source: DeepUrl = Field(description="The page that shows it.", examples=["https://github.com/nginx/unit"])


class Entry(Model):
    """What every entry has."""

    added: Day = Field(description="The day on which the entry joined the catalogue.", examples=["2026-11-22"])


class Software(Entry):
    """What servers, frameworks, middleware, libraries, tools and applications have."""

    name: Name = Field(description="The name, as the project writes it.", examples=["Uvicorn"])
    description: Sentence = Field(
        description="One sentence of plain text: what it does for whoever uses it and what tells it from its "
        "neighbours. No marketing, no Markdown, and it does not start with the name.",
        examples=["Serves ASGI apps over HTTP/1.1 and WebSocket, with uvloop where it is installed."],
    )
    repository: Repository | None = Field(
        default=None,
        description="The root of the repository of today. Required, except for a component with `part_of`.",
        examples=["https://github.com/Kludex/uvicorn"],
    )
    package: Package | None = Field(
        default=None, description="The distribution on the Python package index.", examples=["uvicorn"]
    )
    package_repository: Repository | None = Field(
        default=None,
        description="The repository that the distribution's metadata names, where that is known to be a mistake.",
        examples=["https://github.com/example/sibling"],
    )
    docs: DeepUrl | None = Field(default=None, description="Its documentation.", examples=["https://uvicorn.dev"])
    homepage: Url | None = Field(
        default=None,
        description="Its home page, where that is not the documentation.",
        examples=["https://litestar.dev"],
    )
    part_of: Slug | None = Field(
        default=None, description="The entry whose package ships this component.", examples=["starlette"]
    )
    import_path: ImportPath | None = Field(
        default=None,
        alias="import",
        description="What to import, for a component.",
        examples=["starlette.middleware.cors.CORSMiddleware"],
    )
    category: str = Field(description="One category of the kind.", examples=["general-purpose"])
    tags: Some[str] = Field(default=(), description="What it has in common with others.", examples=[["websocket"]])
    works_with: Some[Slug] = Field(
        default=(),
        description="`[any]` if it works with any ASGI application, else the slugs of the frameworks it is tied to.",
        examples=[["any"]],
    )
    formerly: Some[FormerName] = Field(
        default=(), description="Older `owner/name` of the repository, or older names.", examples=[["encode/uvicorn"]]
    )
    fork_of: Slug | None = Field(default=None, description="The entry that it was forked from.", examples=["hypercorn"])
    succeeded_by: Slug | None = Field(default=None, description="The entry that took over.", examples=["httpx"])
    status: Status | None = Field(
        default=None, description="A human's word, where the project ended or dates mislead.", examples=[]
    )
    license: Spdx | None = Field(
        default=None, description="SPDX expression, only where machines are wrong.", examples=["BSD-3-Clause"]
    )
    evidence: DeepUrl = Field(
        description="A file or page that shows that it serves, speaks, wraps, tests, deploys or is built on ASGI.",
        examples=["https://github.com/Kludex/uvicorn/blob/main/uvicorn/protocols/http/h11_impl.py"],
    )


class Claims(Model):
    """What a project's own documentation says that it speaks: a claim, and no measurement."""

    protocols: Some[Literal["http/1.1", "http/2", "http/3", "websocket", "lifespan"]] = Field(
        description="The protocols that the documentation claims.", examples=[["http/1.1", "websocket"]]
    )
    source: DeepUrl = Field(description="The page that claims it.", examples=["https://uvicorn.dev/"])


class Speaking(Software):
    """What servers and frameworks have besides."""

    claims: Claims | None = Field(default=None, description="What its documentation claims to speak.", examples=[])


class Server(Speaking):
    """Accepts connections or cloud events and calls an ASGI application."""


class Framework(Speaking):
    """Shapes a whole application, which then runs on any ASGI server."""


class Middleware(Software):
    """Wraps an application."""


class Library(Software):
    """Adds one ability to an application from within."""


class Tool(Software):
    """Helps to test, debug, measure or deploy."""


class Application(Software):
    """A finished program that runs on ASGI."""


class Publication(Entry):
    """A text or recording about ASGI, or background that helps to understand it."""

    title: Text = Field(description="The title, as published.", examples=["ASGI 3.0"])
    summary: Sentence = Field(
        description="One sentence of plain text: what a reader learns.",
        examples=["Explains why the double callable of ASGI 2 became a single one."],
    )
    url: DeepUrl = Field(
        description="Where to read, hear or see it.", examples=["https://www.aeracode.org/2019/03/20/asgi-30/"]
    )
    type: str = Field(description="One of the publication types.", examples=["article"])
    authors: Some[Name] = Field(
        default=(), description="Authors, by their name of today.", examples=[["Andrew Godwin"]]
    )
    published: PartialDate | None = Field(
        default=None, description="Year, month or day, as exact as the source says.", examples=["2019-03-20"]
    )
    language: str | None = Field(default=None, description="ISO 639-1 code, where it is known.", examples=["en"])
    event: Text | None = Field(default=None, description="Where a talk was given.", examples=["PyCon US 2018"])
    topics: Some[Slug] = Field(
        default=(), description="Slugs of entries, or tags, that it is about.", examples=[["asgi-spec", "websocket"]]
    )
    level: Literal["introductory", "intermediate", "advanced", "reference"] = Field(
        description="What it asks of its reader.", examples=["intermediate"]
    )
    background: bool = Field(
        default=False, description="`true` if it is not about ASGI but helps to understand it.", examples=["true"]
    )
    seen_in: Some[Text] = Field(
        default=(), description="Lists or pages that mention it.", examples=[["florimondmanca/awesome-asgi"]]
    )


MODELS: dict[str, type[Software] | type[Publication]] = {
    "server": Server,
    "framework": Framework,
    "middleware": Middleware,
    "library": Library,
    "tool": Tool,
    "application": Application,
    "publication": Publication,
}
