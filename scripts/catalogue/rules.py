"""The rules over the whole catalogue: each is a generator of problems, listed once in RULES."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from scripts.catalogue.fields import SLUG
from scripts.catalogue.links import comparable, primary_links
from scripts.catalogue.load import Catalogue, Listing
from scripts.catalogue.models import Publication, Software
from scripts.catalogue.problems import Problem, shown, suggestion
from scripts.catalogue.vocabularies import Vocabularies

ANY = "any"


@dataclass(frozen=True, slots=True)
class Scope:
    """What the rules look at. ``today`` is the day that dates may not lie after."""

    listings: tuple[Listing, ...]
    by_slug: Mapping[str, Listing]
    vocabularies: Vocabularies
    today: dt.date

    def software(self) -> Iterator[tuple[Listing, Software]]:
        for listing in self.listings:
            if isinstance(listing.entry, Software):
                yield listing, listing.entry

    def publications(self) -> Iterator[tuple[Listing, Publication]]:
        for listing in self.listings:
            if isinstance(listing.entry, Publication):
                yield listing, listing.entry


def problems_of(catalogue: Catalogue, today: dt.date) -> list[Problem]:
    """All problems, those of shape included, sorted by place."""
    found = set(catalogue.problems)
    if catalogue.vocabularies is not None:
        by_slug = {listing.slug: listing for listing in catalogue.listings}
        scope = Scope(catalogue.listings, by_slug, catalogue.vocabularies, today)
        for rule in RULES:
            found.update(rule(scope))
    return sorted(found)


def slugs_are_words(scope: Scope) -> Iterator[Problem]:
    for listing in scope.listings:
        if not re.fullmatch(SLUG, listing.slug):
            advice = re.sub(r"[^a-z0-9]+", "-", listing.slug.casefold()).strip("-") or "a-name"
            yield listing.document.problem(
                (), f"The file name `{shown(listing.slug)}` is not a slug. Rename it to `{advice}.yml`."
            )


def slugs_are_unique(scope: Scope) -> Iterator[Problem]:
    for listing in scope.listings:
        other = scope.by_slug[listing.slug]
        if other is not listing:
            yield listing.document.problem((), f"{other.path} has the same slug. Rename one of the files.")
        if listing.slug in scope.vocabularies.tags:
            yield listing.document.problem((), f"`{listing.slug}` is a tag. Rename the file or the tag.")
        if listing.slug == ANY:
            yield listing.document.problem((), "`any` means every ASGI application. Rename the file.")


def terms_are_known(scope: Scope) -> Iterator[Problem]:
    terms = scope.vocabularies
    for listing, entry in scope.software():
        yield from _category(listing, entry.category, terms)
        for index, tag in enumerate(entry.tags):
            yield from _term(listing, ("tags", index), tag, terms.tags, "tag")
    for listing, publication in scope.publications():
        yield from _term(listing, ("type",), publication.type, terms.categories["publication"], "publication type")
        yield from _term(listing, ("language",), publication.language, terms.languages, "language")


def _category(listing: Listing, category: str, terms: Vocabularies) -> Iterator[Problem]:
    home = next((kind for kind, known in terms.categories.items() if category in known), None)
    if home == listing.kind:
        return
    if home is not None:
        folder = terms.kinds[home].folder
        advice = f"`{category}` belongs to {folder}. Move the file to data/{folder}/, or choose another category."
        yield listing.document.problem(("category",), advice)
    else:
        yield from _term(listing, ("category",), category, terms.categories.get(listing.kind, {}), "category")


def _term(
    listing: Listing, location: tuple[str | int, ...], word: str, known: Iterable[str], what: str
) -> Iterator[Problem]:
    if word not in known:
        text = f"`{shown(word)}` is not a known {what}. {suggestion(word, known)}"
        yield listing.document.problem(location, text)


def lists_name_things_once(scope: Scope) -> Iterator[Problem]:
    for listing in scope.listings:
        for field, value in listing.entry:
            if isinstance(value, tuple):
                for index, item in enumerate(value):
                    if item in value[:index]:
                        text = f"`{shown(str(item))}` stands twice in `{field}`. Keep one."
                        yield listing.document.problem((field, index), text)


def sentences_say_something(scope: Scope) -> Iterator[Problem]:
    for listing, field, sentence, name in _sentences(scope):
        if re.match(rf"{re.escape(name)}(?!\w)", sentence, re.IGNORECASE):
            text = f"`{field}` starts with the name. Start with what it does: the name stands beside it anyway."
            yield listing.document.problem((field,), text)
        for word in re.findall(r"[\w-]+", sentence.casefold()):
            if word in scope.vocabularies.marketing_words:
                text = f"`{field}` says `{word}`, which proves nothing. Say what can be checked."
                yield listing.document.problem((field,), text)


def sentences_differ(scope: Scope) -> Iterator[Problem]:
    first: dict[str, Listing] = {}
    for listing, field, sentence, _ in _sentences(scope):
        other = first.setdefault(sentence.casefold(), listing)
        if other is not listing:
            text = f"`{field}` is the one of {other.path}. Say what tells them apart."
            yield listing.document.problem((field,), text)


def _sentences(scope: Scope) -> Iterator[tuple[Listing, str, str, str]]:
    for listing, entry in scope.software():
        yield listing, "description", entry.description, entry.name
    for listing, publication in scope.publications():
        yield listing, "summary", publication.summary, publication.title


def dates_have_passed(scope: Scope) -> Iterator[Problem]:
    for listing in scope.listings:
        for location, text in _dates(listing):
            if text > scope.today.isoformat()[: len(text)]:
                yield listing.document.problem(location, f"`{text}` lies in the future. Write the day it happened.")


def _dates(listing: Listing) -> Iterator[tuple[tuple[str, ...], str]]:
    entry = listing.entry
    yield ("added",), entry.added.isoformat()
    if isinstance(entry, Publication):
        if entry.published:
            yield ("published",), entry.published
    elif entry.status and entry.status.since:
        yield ("status", "since"), entry.status.since


def homes_are_complete(scope: Scope) -> Iterator[Problem]:
    for listing, entry in scope.software():
        say = listing.document.problem
        if entry.part_of is None:
            if entry.repository is None:
                text = "`repository` is missing. Add it, or `part_of` if another entry's package ships this."
                yield say((), text)
            if entry.import_path is not None:
                yield say(("import",), "`import` stands without `part_of`. Add `part_of`, or remove it.", key=True)
            continue
        if entry.import_path is None:
            yield say(("part_of",), "`part_of` stands without `import`. Add the dotted path to import.", key=True)
        for field in ("repository", "package", "formerly"):
            if getattr(entry, field):
                yield say((field,), f"`{field}` repeats what `{entry.part_of}` says. Remove the line.", key=True)


def addresses_differ_within(scope: Scope) -> Iterator[Problem]:
    for listing, entry in scope.software():
        seen: dict[str, str] = {}
        for field in ("repository", "docs", "homepage"):
            if url := getattr(entry, field):
                first = seen.setdefault(comparable(url), field)
                if first != field:
                    yield listing.document.problem((field,), f"`{field}` repeats `{first}`. Remove the line.")


def references_lead_somewhere(scope: Scope) -> Iterator[Problem]:
    software = {listing.slug for listing, _ in scope.software()}
    topics = {*scope.by_slug, *scope.vocabularies.tags}
    for listing, entry in scope.software():
        for field in ("part_of", "succeeded_by"):
            if slug := getattr(entry, field):
                yield from _reference(listing, (field,), slug, software)
        if ANY in entry.works_with and len(entry.works_with) > 1:
            yield listing.document.problem(("works_with",), "`any` includes every other. Write `[any]` or the slugs.")
        for index, slug in enumerate(entry.works_with):
            yield from _reference(listing, ("works_with", index), slug, {*software, ANY})
    for listing, publication in scope.publications():
        for index, slug in enumerate(publication.topics):
            yield from _reference(listing, ("topics", index), slug, topics)


def _reference(listing: Listing, location: tuple[str | int, ...], slug: str, known: set[str]) -> Iterator[Problem]:
    if slug == listing.slug:
        yield listing.document.problem(location, f"`{slug}` is this entry itself. Name another, or remove the line.")
    elif slug not in known:
        yield listing.document.problem(location, f"`{slug}` is no entry. {suggestion(slug, known)}")


def components_have_one_parent(scope: Scope) -> Iterator[Problem]:
    for listing, entry in scope.software():
        parent = scope.by_slug.get(entry.part_of or "")
        if parent and isinstance(parent.entry, Software) and parent.entry.part_of:
            text = f"`{entry.part_of}` is itself part of `{parent.entry.part_of}`. Name the package's own entry."
            yield listing.document.problem(("part_of",), text)


def endings_are_consistent(scope: Scope) -> Iterator[Problem]:
    for listing, entry in scope.software():
        if entry.status and entry.status.state == "superseded" and not entry.succeeded_by:
            text = "The state is `superseded`, but `succeeded_by` is missing. Add it, or choose another state."
            yield listing.document.problem(("status", "state"), text)


def successions_end(scope: Scope) -> Iterator[Problem]:
    for listing, entry in scope.software():
        path, slug = [listing.slug], entry.succeeded_by
        while slug and slug not in path:
            path.append(slug)
            follower = scope.by_slug.get(slug)
            slug = follower.entry.succeeded_by if follower and isinstance(follower.entry, Software) else None
        if slug == listing.slug and len(path) > 1:
            text = f"The succession runs in a circle: {' → '.join([*path, slug])}. Remove one `succeeded_by`."
            yield listing.document.problem(("succeeded_by",), text)


def nothing_is_listed_twice(scope: Scope) -> Iterator[Problem]:
    yield from _doubled(
        (
            (listing, ("repository",), f"{comparable(entry.repository)} {entry.package or ''}")
            for listing, entry in scope.software()
            if entry.repository
        ),
        "has the same repository and package. Keep one entry, or make one `part_of` the other",
    )
    yield from _doubled(
        ((listing, ("package",), entry.package) for listing, entry in scope.software() if entry.package),
        "has the same package. Keep one entry, or make one `part_of` the other",
    )
    yield from _doubled(
        ((listing, ("name",), entry.name.casefold()) for listing, entry in scope.software()),
        "has the same name, apart from upper and lower case. Tell them apart",
    )
    yield from _doubled(
        ((listing, ("url",), comparable(publication.url)) for listing, publication in scope.publications()),
        "has the same `url`. Keep one of them",
    )
    links = primary_links(scope.listings)
    yield from _doubled(
        ((listing, ("evidence",), comparable(links[listing.slug])) for listing, _ in scope.software()),
        "is linked by the same address. Add `docs` with a page of its own",
    )


def _doubled(found: Iterable[tuple[Listing, tuple[str], str]], sentence: str) -> Iterator[Problem]:
    groups: defaultdict[str, list[tuple[Listing, tuple[str]]]] = defaultdict(list)
    for listing, location, key in found:
        groups[key].append((listing, location))
    for (first, _), *others in groups.values():
        for listing, location in others:
            yield listing.document.problem(location, f"{first.path} {sentence}.")


RULES: tuple[Callable[[Scope], Iterator[Problem]], ...] = (
    slugs_are_words,
    slugs_are_unique,
    terms_are_known,
    lists_name_things_once,
    sentences_say_something,
    sentences_differ,
    dates_have_passed,
    homes_are_complete,
    addresses_differ_within,
    references_lead_somewhere,
    components_have_one_parent,
    endings_are_consistent,
    successions_end,
    nothing_is_listed_twice,
)
