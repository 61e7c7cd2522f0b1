"""Rules about one entry at a time: each is a generator of problems."""

import re
from collections.abc import Iterable, Iterator

from scripts.catalogue.fields import SLUG
from scripts.catalogue.links import comparable
from scripts.catalogue.load import Listing
from scripts.catalogue.models import Publication
from scripts.catalogue.problems import Problem, shown, suggestion
from scripts.catalogue.scope import Scope, as_slug
from scripts.catalogue.vocabularies import Vocabularies


def slugs_are_words(scope: Scope) -> Iterator[Problem]:
    for listing in scope.listings:
        if not re.fullmatch(SLUG, listing.slug):
            advice = as_slug(listing.slug)
            yield listing.document.problem(
                (), f"The file name `{shown(listing.slug)}` is not a slug. Rename it to `{advice}.yml`."
            )


def terms_are_known(scope: Scope) -> Iterator[Problem]:
    terms = scope.vocabularies
    for listing, entry in scope.software():
        yield from _category(listing, entry.category, terms)
        for index, tag in enumerate(entry.tags):
            yield from _term(listing, ("tags", index), tag, terms.tags, "tag")
    for listing, publication in scope.publications():
        yield from _term(listing, ("type",), publication.type, terms.categories["publication"], "publication type")
        if publication.language:
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
    for listing, field, sentence, name in scope.sentences():
        if re.match(rf"{re.escape(name)}(?!\w)", sentence, re.IGNORECASE):
            text = f"`{field}` starts with the name. Start with what it does: the name stands beside it anyway."
            yield listing.document.problem((field,), text)
        for word in re.findall(r"[\w-]+", sentence.casefold()):
            if word in scope.vocabularies.marketing_words:
                text = f"`{field}` says `{word}`, which proves nothing. Say what can be checked."
                yield listing.document.problem((field,), text)


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


def endings_are_consistent(scope: Scope) -> Iterator[Problem]:
    for listing, entry in scope.software():
        if entry.status and entry.status.state == "superseded" and not entry.succeeded_by:
            text = "The state is `superseded`, but `succeeded_by` is missing. Add it, or choose another state."
            yield listing.document.problem(("status", "state"), text)
