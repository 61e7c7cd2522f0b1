"""Where each page is, below ``docs/``. Addresses never change, so they are all written here."""

from pathlib import PurePosixPath

CATALOGUE = PurePosixPath("catalogue")
PUBLICATIONS = PurePosixPath("publications")
ARCHIVE = PurePosixPath("archive")
CHANGES = PurePosixPath("changes")
COMPARE = PurePosixPath("compare")
LANDSCAPE = PurePosixPath("landscape")
TRENDS = PurePosixPath("trends")
API = PurePosixPath("api") / "v1"
# Generated folders: whatever else lies in them is removed.
OWNED = (CATALOGUE, PUBLICATIONS, ARCHIVE, CHANGES, COMPARE, LANDSCAPE, TRENDS, API)

CATALOGUE_INDEX = CATALOGUE / "index.md"
TAGS = CATALOGUE / "tags" / "index.md"
PUBLICATIONS_INDEX = PUBLICATIONS / "index.md"
BACKGROUND = PUBLICATIONS / "background.md"
ARCHIVE_INDEX = ARCHIVE / "index.md"
CHANGES_INDEX = CHANGES / "index.md"
COMPARE_INDEX = COMPARE / "index.md"
LANDSCAPE_INDEX = LANDSCAPE / "index.md"
TRENDS_INDEX = TRENDS / "index.md"
GUIDE_INDEX = PurePosixPath("guide/index.md")  # written by hand
API_INDEX = PurePosixPath("api/index.md")  # written by hand
EXPLORER_SCRIPT = PurePosixPath("assets/explorer.js")
# Included by pages that are written by hand; MkDocs makes no page of a dot folder.
HOME_PART = CATALOGUE / ".parts" / "home.md"
HOME_SEARCH_PART = CATALOGUE / ".parts" / "search.md"
ACTIVITY_PART = CATALOGUE / ".parts" / "activity.md"


def entry(folder: str, slug: str) -> PurePosixPath:
    return CATALOGUE / folder / f"{slug}.md"


def kind(folder: str) -> PurePosixPath:
    return CATALOGUE / folder / "index.md"


def category(id_: str) -> PurePosixPath:
    return CATALOGUE / "categories" / f"{id_}.md"


def comparison(category_id: str) -> PurePosixPath:
    """The page that compares the entries of a category whose choice is hard."""
    return COMPARE / f"{category_id}.md"
