"""The generated parts of the home page: the search, the stack as a picture, the ways in and what is new."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

import htpy as h

from scripts.catalogue.vocabularies import Category
from scripts.render import places
from scripts.render.markdown import plural
from scripts.render.parts import address, place_of
from scripts.view.rows import Row, SoftwareRow, View

PAGE = PurePosixPath("index.md")
RECENT = 8
# How a request goes through the stack: the call that leads to a part, the kind, what it does there.
STACK = (
    ("HTTP, WebSocket", "server", "Speaks the protocol, and calls the application."),
    ("ASGI", "middleware", "Wraps the application, in as many layers as you like."),
    ("ASGI", "framework", "Makes routes, requests and responses of the call."),
    ("handlers", "application", "Answers: your own code, or a finished program."),
)
BESIDE = (("Built in", "library"), ("For the work around it", "tool"), ("To read, hear and see", "publication"))
WAYS = (
    ("Guide", places.GUIDE_INDEX, "What ASGI is and how to build, test and deploy with it, in programs that run."),
    ("Compare", places.COMPARE_INDEX, "Entries side by side: activity, protocols, licence, releases, with sources."),
    ("Landscape", places.LANDSCAPE_INDEX, "Everything on one page, by kind and category."),
    ("Publications", places.PUBLICATIONS_INDEX, "Talks, articles, books and specifications by year, topic and level."),
    ("Trends", places.TRENDS_INDEX, "How the ecosystem grows, and how much of it is alive."),
    ("Changes", places.CHANGES_INDEX, "Releases, renames, archived repositories, vulnerabilities: newest first."),
    ("Archive", places.ARCHIVE_INDEX, "What ended or sleeps, and what came after."),
    ("Data", places.API_INDEX, "All of it as JSON, CSV, SQLite and feeds, free to use."),
)


def search_part(view: View) -> str:
    """A search that works without scripts: the explorer reads its address."""
    kinds = len({row.kind for row in view.software})
    body = h.div[
        h.form(
            ".home-search",
            role="search",
            aria_labelledby="home-search-label",
            action=address(PAGE, places.CATALOGUE_INDEX),
            method="get",
        )[
            h.label(id="home-search-label", for_="home-search")[
                f"Search {plural(len(view.software), 'project')} of {plural(kinds, 'kind')}"
            ],
            h.div[
                h.input(
                    id="home-search",
                    type="search",
                    name="q",
                    maxlength="200",
                    placeholder="A name, a package, or what it does",
                    autocomplete="off",
                    spellcheck="false",
                ),
                h.button(".md-button.md-button--primary")["Search"],
            ],
        ],
        h.p(".facts")[
            f"As of {view.as_of}: {', '.join(_alive(view))}. ",
            h.a(href=address(PAGE, places.CATALOGUE_INDEX))["Filter and compare all"],
        ],
    ]
    return f"{body}\n"


def _alive(view: View) -> Iterator[str]:
    alive = sum(row.activity.alive for row in view.software)
    yield f"{alive:,} living projects, {len(view.software) - alive:,} ended or dormant"
    yield plural(len(view.publications), "publication")


def home_part(view: View) -> str:
    """What stands below the first words: a picture of the stack, the ways in, what is new."""
    return f"{h.div[_stack(view), _ways(view), _news(view)]}\n"


def _stack(view: View) -> h.Element:
    return h.figure(".stack")[
        h.ol[
            h.li[
                h.div(".stack__box.stack__box--client")[
                    h.strong["Client"], h.span["Asks: a browser, an app, another service."]
                ]
            ],
            (
                h.li[h.span(".stack__call")[call], h.div(".stack__box")[_kind(kind, view), h.span[what]]]
                for call, kind, what in STACK
            ),
        ],
        h.figcaption[[(f"{words}: ", _kind(kind, view), h.span[". "]) for words, kind in BESIDE],],
    ]


def _kind(id_: str, view: View) -> h.Node:
    kind = view.vocabularies.kinds[id_]
    target = address(PAGE, places.PUBLICATIONS_INDEX if id_ == "publication" else places.kind(kind.folder))
    return h.a(href=target)[kind.title], " ", h.span(".facts")[f"{len(view.of_kind(id_)):,}"]


def _ways(view: View) -> h.Node:
    return (
        h.h2(id="ways-in")["Ways in"],
        h.div(".grid.cards")[
            h.ul[
                (h.li[h.p[h.strong[h.a(href=address(PAGE, target))[title]]], h.p[text]] for title, target, text in WAYS)
            ]
        ],
        h.h2(id="hard-choices")["Hard choices"],
        h.p["Where there is much to choose from: how the entries differ, and all of them side by side."],
        h.ul(".choices")[
            (
                h.li[h.a(href=address(PAGE, places.comparison(term.id)))[f"{kind.title}: {term.title}"]]
                for kind in view.vocabularies.kinds.values()
                for term, _ in view.groups(kind, view.of_kind(kind.id))
                if isinstance(term, Category) and term.choose
            )
        ],
    )


def _news(view: View) -> h.Element:
    explorer, changes = address(PAGE, places.CATALOGUE_INDEX), address(PAGE, places.CHANGES_INDEX)
    return h.div(".news")[
        h.section[
            h.h2(id="latest-releases")["Latest releases"],
            h.p(".facts")[f"As the package index had it on {view.as_of}."],
            h.ul[(_new(row, version, day, view) for row, version, day in _released(view))],
            h.p[h.a(href=f"{explorer}?sort=released")["All by their last release"]],
        ],
        h.section[
            h.h2(id="latest-additions")["Latest additions"],
            _added(view),
            h.p[h.a(href=changes)["All that changed"]],
        ],
    ]


def _released(view: View) -> Sequence[tuple[SoftwareRow, str, str]]:
    """The newest releases on the package index, with version and day; a component comes with its package."""
    own = ((row, row.package) for row in view.software if row.package and not row.entry.part_of)
    found = [(row, facts.version or "", str(facts.last_release)) for row, facts in own if facts.last_release]
    return sorted(found, key=lambda release: release[2], reverse=True)[:RECENT]


def _added(view: View) -> h.Node:
    """The newest entries; how many of each kind, where more came on one day than can stand here."""
    newest = sorted(view.rows.values(), key=lambda row: row.entry.added, reverse=True)
    together = [row for row in newest if row.entry.added == newest[0].entry.added]
    if len(together) <= RECENT:
        return h.ul[(_new(row, "", str(row.entry.added), view) for row in newest[:RECENT])]
    counts = Counter(row.kind for row in together)
    kinds = (kind for kind in view.vocabularies.kinds.values() if counts[kind.id])
    named = ", ".join(f"{kind.title.lower()} {counts[kind.id]:,}" for kind in kinds)
    return h.p[f"{plural(len(together), 'entry', 'entries')} on {newest[0].entry.added}: {named}."]


def _new(row: Row, version: str, day: str, view: View) -> h.Element:
    link = h.a(href=address(PAGE, place_of(row, view.vocabularies)))[row.name]
    return h.li[h.strong[link], f" {version} " if version else " ", h.span(".facts")[day]]
