"""The pages of publications: all about ASGI by year with filters, and background reading apart."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

import htpy as h

from scripts.render import places
from scripts.render.filters import Facet, filter_form, values
from scripts.render.markdown import escape, front_matter, link, plural, relative
from scripts.render.parts import address, authors, entry_list, place_of
from scripts.view.rows import PublicationRow, View, newest_first

LEVELS = ("introductory", "intermediate", "advanced", "reference")
ORDERS = {"": "Newest first, by year", "name": "Title"}
ENOUGH = 3  # publications that must name a topic before one can filter by it
UNDATED = "Undated"
Years = Mapping[str, Sequence[PublicationRow]]


def publications_page(view: View) -> str:
    """The page ``/publications/``: years newest first; one script filters them and sorts them by title."""
    page = places.PUBLICATIONS_INDEX
    kind = view.vocabularies.kinds["publication"]
    by_type = link("by type", relative(page, places.kind(kind.folder)))
    background = link("background reading", relative(page, places.BACKGROUND))
    intro = (
        f"{plural(len(view.publications), 'publication')} about ASGI by year, as of {view.as_of}; the same {by_type}."
        f" Dates, authors and events are as published. What is not about ASGI is apart: {background}.\n\n"
    )
    description = "Articles, talks, tutorials, books, specifications and more about ASGI, to filter and search."
    head = front_matter("Publications", description=description, hide=["toc"])
    script = h.script(src=address(page, places.EXPLORER_SCRIPT), defer=True)
    return f"{head}# Publications\n\n{intro}{h.div[_filtered(view, page), script]}\n"


def background_page(view: View) -> str:
    """What is not about ASGI but helps to understand it."""
    page = places.BACKGROUND
    intro = (
        "Standards, projects and texts that are not about ASGI but explain where it comes from: WSGI, coroutines, event"
        " loops, and the neighbours in the asynchronous world.\n\n"
    )
    years = "\n".join(
        f"## {year}\n\n{entry_list(rows, view.vocabularies, page)}" for year, rows in _years(view.background).items()
    )
    return f"{front_matter('Background reading')}# {escape('Background reading')}\n\n{intro}{years}"


def _years(rows: Sequence[PublicationRow]) -> Years:
    years: defaultdict[str, list[PublicationRow]] = defaultdict(list)
    for row in newest_first(rows):
        years[str(row.year or UNDATED)].append(row)
    return years


def _filtered(view: View, page: PurePosixPath) -> h.Element:
    rows = view.publications
    counted: dict[str, list[str]] = {
        "type": [row.entry.type for row in rows],
        "language": [row.entry.language or "" for row in rows],
        "level": [row.entry.level for row in rows],
        "topic": [topic for row in rows for topic in row.entry.topics],
    }
    elsewhere = {"data_elsewhere": address(page, places.CATALOGUE_INDEX), "data_elsewhere_text": "Search the catalogue"}
    search = "Search by title, author, event or topic"
    years = _years(rows)
    return h.section(data_explorer=True, data_noun="publication|publications", **elsewhere)[
        filter_form(_facets(view, counted["topic"]), counted, search=search, orders=ORDERS),
        h.p(".jumps")[((h.a(href=f"#{year.lower()}")[year], " ") for year in years)],
        (_year(year, members, view, page) for year, members in years.items()),
        h.div(".entries")[h.ul(data_items=True)],
    ]


def _facets(view: View, topics: Sequence[str]) -> Sequence[Facet]:
    terms = view.vocabularies
    counts = Counter(topics)
    titles = {topic: _topic_title(topic, view) for topic, count in counts.items() if count >= ENOUGH}
    common = sorted(titles, key=lambda topic: (-counts[topic], titles[topic].casefold()))
    return (
        Facet("type", "Type", {term.id: term.title for term in terms.categories["publication"].values()}),
        Facet("topic", "Topic", {topic: titles[topic] for topic in common}),
        Facet("level", "Level", {level: level.capitalize() for level in LEVELS}),
        Facet("language", "Language", {term.id: term.title for term in terms.languages.values()}),
    )


def _topic_title(topic: str, view: View) -> str:
    return view.rows[topic].name if topic in view.rows else view.vocabularies.tags[topic].title


def _year(year: str, rows: Sequence[PublicationRow], view: View, page: PurePosixPath) -> h.Element:
    anchor = year.lower()
    return h.div(data_group=True)[
        h.h2(id=anchor)[year, h.a(".headerlink", href=f"#{anchor}", title="Link to this section")["¶"]],
        h.div(".entries")[h.ul[(_item(row, view, page) for row in rows)]],
    ]


def _item(row: PublicationRow, view: View, page: PurePosixPath) -> h.Element:
    entry = row.entry
    facets = {
        "data_type": entry.type,
        "data_language": entry.language,
        "data_level": entry.level,
        "data_topic": values(*entry.topics) or None,
    }
    foreign = entry.language if entry.language != "en" else None
    host = entry.url.removeprefix("https://").partition("/")[0].removeprefix("www.")
    return h.li(data_item=True, **facets)[
        h.a(".entries__name", href=address(page, place_of(row, view.vocabularies)), lang=foreign)[row.name],
        " ",
        h.span(".facts")[" · ".join(_details(row, view)), " · ", h.a(href=entry.url)[host]],
        h.div[entry.summary],
        entry.topics and h.div(".facts")["About ", _topics(row, view, page)],
    ]


def _details(row: PublicationRow, view: View) -> Iterator[str]:
    """Who, where, when, and what it is; what is not known is left out, but for the date."""
    entry, terms = row.entry, view.vocabularies
    yield from (known for known in (authors(row), entry.event) if known)
    yield entry.published or "undated"
    yield entry.type  # in the singular, unlike its title
    yield terms.languages[entry.language].title if entry.language else "language unknown"
    yield entry.level


def _topics(row: PublicationRow, view: View, page: PurePosixPath) -> Iterator[h.Node]:
    for number, topic in enumerate(row.entry.topics):
        found = view.rows.get(topic)
        target = address(page, place_of(found, view.vocabularies)) if found else f"{address(page, places.TAGS)}#{topic}"
        yield ", " if number else ""
        yield h.a(href=target)[_topic_title(topic, view)]
