"""Rules about one entry at a time: each is a generator of problems."""

import re
from collections.abc import Iterable, Iterator

from scripts.catalogue.fields import SLUG
from scripts.catalogue.links import comparable
from scripts.catalogue.load import Listing
from scripts.catalogue.models import Publication, Speaking
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
        after = sentence[len(name) : len(name) + 1]
        if sentence[: len(name)].casefold() == name.casefold() and not (after.isalnum() or after == "_"):
            text = f"`{field}` starts with the name. Start with what it does: the name stands beside it anyway."
            yield listing.document.problem((field,), text)
        for word in re.findall(r"[\w-]+", sentence.casefold()):
            if word in scope.vocabularies.marketing_words:
                text = f"`{field}` says `{word}`, which proves nothing. Say what can be checked."
                yield listing.document.problem((field,), text)


_KINDS = (
    "library|framework|middleware|tool|toolkit|server|application|app|package|plugin|extension|integration|helpers?"
)
_EMPTY = re.compile(
    rf"(?:An? )?(?:[\w-]+ ){{0,2}}(?:{_KINDS})(?: (?:for|with|of|in) [\w.-]+(?: [\w.-]+){{0,2}})?\.", re.IGNORECASE
)


def descriptions_say_what_it_does(scope: Scope) -> Iterator[Problem]:
    """Kind and `works_with` already say that it is a library for FastAPI."""
    for listing, entry in scope.software():
        if _EMPTY.fullmatch(entry.description):
            text = "`description` says only what kind of thing it is. Say what it does for whoever uses it."
            yield listing.document.problem(("description",), text)


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


def evidence_stays_checkable(scope: Scope) -> Iterator[Problem]:
    """A file of one commit is there forever, so nobody would notice that it left the project. Ended projects may."""
    for listing, entry in scope.software():
        ended = entry.status and entry.status.state != "active"
        if not ended and re.search(r"/blob/[0-9a-f]{40}/", entry.evidence):
            text = "`evidence` names a commit. Name the branch or HEAD, so that it is noticed when the file goes."
            yield listing.document.problem(("evidence",), text)


def addresses_are_of_today(scope: Scope) -> Iterator[Problem]:
    for listing, entry in scope.software():
        former = [name.casefold() for name in entry.formerly if "/" in name]
        for field in ("docs", "homepage", "evidence"):
            path = comparable(getattr(entry, field) or "").partition("/")[2].casefold()
            if old := next((name for name in former if path == name or path.startswith(f"{name}/")), None):
                text = f"`{field}` leads to `{old}`, which `formerly` names. Give the address of today."
                yield listing.document.problem((field,), text)


TAG_OF_CLAIM = {"http/2": "http2", "http/3": "http3", "websocket": "websocket", "lifespan": "lifespan"}


def claims_are_tagged(scope: Scope) -> Iterator[Problem]:
    """People look for a protocol by its tag."""
    for listing, entry in scope.software():
        claims = entry.claims if isinstance(entry, Speaking) else None
        for protocol in claims.protocols if claims else ():
            tag = TAG_OF_CLAIM.get(protocol)
            if tag and tag in scope.vocabularies.tags and tag not in entry.tags:
                text = (
                    f"`claims` names {protocol}, but the tag `{tag}` is missing. Add it to `tags`, or check the claim."
                )
                yield listing.document.problem(("claims", "protocols"), text)
