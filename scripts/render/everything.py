"""Every generated text of the repository, by path from its root."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from scripts.catalogue.problems import Problem
from scripts.catalogue.schema import schema_text
from scripts.render import contributing, home, lists, places, readme
from scripts.render.archive import archive_page
from scripts.render.changes import changes_page
from scripts.render.compare import compare_pages
from scripts.render.entry import entry_page
from scripts.render.explorer import explorer_page
from scripts.render.export.exports import exports
from scripts.render.files import Content
from scripts.render.lab import lab_pages
from scripts.render.landscape import landscape_page
from scripts.render.parts import place_of
from scripts.render.publications import background_page, publications_page
from scripts.render.region import replaced
from scripts.render.site import Site
from scripts.render.trends import trends_files
from scripts.view.comparison import Ground
from scripts.view.rows import View

DOCS = PurePosixPath("docs")
SCHEMAS = PurePosixPath("data/schema")
README = PurePosixPath("README.md")
CONTRIBUTING = PurePosixPath("CONTRIBUTING.md")
OWNED = (*(DOCS / place for place in (*places.OWNED, places.LLMS, places.OPENSEARCH)), SCHEMAS)
FRAMED = (README, CONTRIBUTING)  # written by hand around a generated region


def render(view: View, frames: Mapping[PurePosixPath, str], site: Site) -> dict[PurePosixPath, Content] | list[Problem]:
    """All files, or what is wrong with the frames. ``frames`` holds the present text of each file in FRAMED."""
    regions = {
        README: (readme.REGION, readme.readme_region(view)),
        CONTRIBUTING: (contributing.REGION, contributing.fields_region()),
    }
    framed = {path: replaced(frames[path], name, path.as_posix(), text) for path, (name, text) in regions.items()}
    if problems := [text for text in framed.values() if isinstance(text, Problem)]:
        return problems
    texts: dict[PurePosixPath, Content] = {path: text for path, text in framed.items() if isinstance(text, str)}
    texts |= {SCHEMAS / f"{kind}.json": schema_text(kind, view.vocabularies) for kind in view.vocabularies.kinds}
    texts |= {DOCS / path: content for path, content in exports(view, site)}
    return texts | {DOCS / path: text for path, text in pages(view, site)}


def pages(view: View, site: Site) -> Iterator[tuple[PurePosixPath, str]]:
    """The pages of the site that are generated, by path below ``docs/``."""
    ground = Ground(view)
    for row in view.rows.values():
        yield place_of(row, view.vocabularies), entry_page(row, ground, site)
    for kind in view.vocabularies.kinds.values():
        yield places.kind(kind.folder), lists.kind_page(kind, view)
        for term, members in view.groups(kind, view.of_kind(kind.id)):
            yield places.category(term.id), lists.category_page(kind, term, members, view)
    yield from compare_pages(ground)
    yield places.CATALOGUE_INDEX, explorer_page(view)
    yield places.TAGS, lists.tags_page(view)
    yield places.PUBLICATIONS_INDEX, publications_page(view)
    yield places.BACKGROUND, background_page(view)
    yield places.ARCHIVE_INDEX, archive_page(view)
    yield places.CHANGES_INDEX, changes_page(view, site.project)
    yield places.LANDSCAPE_INDEX, landscape_page(view)
    yield from trends_files(view)
    yield from lab_pages(view, site)
    yield places.HOME_SEARCH_PART, home.search_part(view)
    yield places.HOME_PART, home.home_part(view)
    yield places.ACTIVITY_PART, lists.activity_part()
