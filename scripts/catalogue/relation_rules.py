"""Rules about entries among each other: each is a generator of problems."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from scripts.catalogue.links import comparable, primary_links
from scripts.catalogue.load import Listing
from scripts.catalogue.models import Software
from scripts.catalogue.problems import Problem, suggestion
from scripts.catalogue.scope import ANY, Scope


def slugs_are_unique(scope: Scope) -> Iterator[Problem]:
    for listing in scope.listings:
        other = scope.by_slug[listing.slug]
        if other is not listing:
            yield listing.document.problem((), f"{other.path} has the same slug. Rename one of the files.")
        if listing.slug in scope.vocabularies.tags:
            yield listing.document.problem((), f"`{listing.slug}` is a tag. Rename the file or the tag.")
        if listing.slug == ANY:
            yield listing.document.problem((), "`any` means every ASGI application. Rename the file.")


def sentences_differ(scope: Scope) -> Iterator[Problem]:
    first: dict[str, Listing] = {}
    for listing, field, sentence, _ in scope.sentences():
        other = first.setdefault(sentence.casefold(), listing)
        if other is not listing:
            text = f"`{field}` is the one of {other.path}. Say what tells them apart."
            yield listing.document.problem((field,), text)


ENOUGH = 100  # entries; a catalogue that has only begun does not use all of its words


def words_are_used(scope: Scope) -> Iterator[Problem]:
    """Categories and tags that nobody uses only stand in the way of those who choose one."""
    if len(scope.listings) < ENOUGH:
        return
    terms = scope.vocabularies
    used = {entry.category for _, entry in scope.software()} | {entry.type for _, entry in scope.publications()}
    tags = {tag for _, entry in scope.software() for tag in entry.tags}
    tags |= {topic for _, entry in scope.publications() for topic in entry.topics}
    for kind, known in terms.categories.items():
        file = "publication-types" if kind == "publication" else "categories"
        for term in known:
            if term not in used:
                yield Problem(f"data/{file}.yml", 1, 1, f"`{term}` is used by no entry. Remove it.")
    for tag in terms.tags:
        if tag not in tags:
            yield Problem("data/tags.yml", 1, 1, f"`{tag}` is used by no entry. Remove it.")


def references_lead_somewhere(scope: Scope) -> Iterator[Problem]:
    software = {listing.slug for listing, _ in scope.software()}
    topics = {*scope.by_slug, *scope.vocabularies.tags}

    for listing, entry in scope.software():
        for field in ("part_of", "fork_of", "succeeded_by"):
            if slug := getattr(entry, field):
                yield from _reference(listing, (field,), slug, software, scope.claimed)
        if ANY in entry.works_with and len(set(entry.works_with)) > 1:
            yield listing.document.problem(("works_with",), "`any` includes every other. Write `[any]` or the slugs.")
        for index, slug in enumerate(entry.works_with):
            yield from _reference(listing, ("works_with", index), slug, {*software, ANY}, scope.claimed)
    for listing, publication in scope.publications():
        for index, slug in enumerate(publication.topics):
            yield from _reference(listing, ("topics", index), slug, topics, scope.claimed)


def _reference(
    listing: Listing, location: tuple[str | int, ...], slug: str, known: set[str], claimed: frozenset[str]
) -> Iterator[Problem]:
    if slug == listing.slug:
        yield listing.document.problem(location, f"`{slug}` is this entry itself. Name another, or remove the line.")
    elif slug not in known and slug not in claimed:
        yield listing.document.problem(location, f"`{slug}` is no entry. {suggestion(slug, known)}")


def components_have_one_parent(scope: Scope) -> Iterator[Problem]:
    for listing, entry in scope.software():
        parent = scope.by_slug.get(entry.part_of or "")
        if parent and parent is not listing and isinstance(parent.entry, Software) and parent.entry.part_of:
            text = f"`{entry.part_of}` is itself part of `{parent.entry.part_of}`. Name the package's own entry."
            yield listing.document.problem(("part_of",), text)


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
            (listing, ("repository",), comparable(entry.repository))
            for listing, entry in scope.software()
            if entry.repository and not entry.package
        ),
        "has the same repository, and no package either. Keep one entry, or make one `part_of` the other",
    )
    yield from _doubled(
        ((listing, ("package",), entry.package) for listing, entry in scope.software() if entry.package),
        "has the same package. Keep one entry, or make one `part_of` the other",
    )
    yield from _doubled(
        ((listing, ("import",), entry.import_path) for listing, entry in scope.software() if entry.import_path),
        "has the same `import`. Keep one of them",
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
        (
            (listing, ("evidence",), comparable(links[listing.slug]))
            for listing, _ in scope.software()
            if scope.by_slug[listing.slug] is listing
        ),
        "is linked by the same address. Add `docs` with a page of its own",
    )


def _doubled(found: Iterable[tuple[Listing, tuple[str], str]], sentence: str) -> Iterator[Problem]:
    groups: defaultdict[str, list[tuple[Listing, tuple[str]]]] = defaultdict(list)
    for listing, location, key in found:
        groups[key].append((listing, location))
    for (first, _), *others in groups.values():
        for listing, location in others:
            yield listing.document.problem(location, f"{first.path} {sentence}.")
