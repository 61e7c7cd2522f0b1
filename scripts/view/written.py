"""The comparisons that are written out: one for each category with a note on how to choose."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scripts.catalogue.vocabularies import Category, Kind
from scripts.view.activity import is_established
from scripts.view.comparison import SECTIONS, Aspect, Ground, differs
from scripts.view.rows import SoftwareRow
from scripts.view.values import Origin, Value

# In the order of the columns. What a category says too little about is left out.
COLUMNS = (
    "works",
    "protocols",
    "measured-protocols",
    "measured-lifespan-state",
    "measured-trailers",
    "measured-unix-socket",
    "measured-finishes",
    "tags",
    "license",
    "python",
    "released",
    "first",
    "dependencies",
    "typed",
    "vulnerabilities",
)
ALWAYS = ("does",)
TELLING = 1 / 3  # of the entries must have something to say


@dataclass(frozen=True, slots=True)
class Column:
    """An aspect, with the day and source that most of its values share."""

    aspect: Aspect
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class Written:
    """A category to choose from: living entries, the established ones apart; and what they are compared by."""

    kind: Kind
    category: Category
    established: Sequence[SoftwareRow]
    others: Sequence[SoftwareRow]
    columns: Sequence[Column]
    values: Mapping[str, Mapping[str, Value]]

    @property
    def rows(self) -> Sequence[SoftwareRow]:
        return (*self.established, *self.others)


def written_comparisons(ground: Ground) -> Iterator[Written]:
    """In the order of the categories."""
    view = ground.view
    for kind in view.vocabularies.kinds.values():
        for term, members in view.groups(kind, view.of_kind(kind.id)):
            living = [row for row in members if isinstance(row, SoftwareRow) and row.activity.alive]
            if living and isinstance(term, Category) and term.choose:
                yield _written(kind, term, living, ground)


def _written(kind: Kind, category: Category, living: Sequence[SoftwareRow], ground: Ground) -> Written:
    as_of = ground.view.as_of
    established = [row for row in living if is_established(row.activity, row.first_sign, as_of)]
    others = [row for row in living if row not in established]
    values = {row.slug: ground.values[row.slug] for row in living}
    return Written(kind, category, established, others, tuple(_columns(values)), values)


def _columns(values: Mapping[str, Mapping[str, Value]]) -> Iterator[Column]:
    aspects = {aspect.id: aspect for section in SECTIONS for aspect in section.aspects}
    for id_ in (*ALWAYS, *COLUMNS):
        found = [of_entry[id_] for of_entry in values.values()]
        telling = sum(value.known and not value.empty for value in found)
        enough = telling >= TELLING * len(found) or (telling and id_ == "vulnerabilities")
        telling_apart = differs(found) or any(value.odd for value in found)
        if id_ in ALWAYS or (enough and telling_apart):
            origins = Counter(value.origin for value in found if value.origin and not value.empty)
            yield Column(aspects[id_], max(origins, key=lambda origin: origins[origin], default=None))
