"""Where each page is, below ``docs/``. Addresses never change, so they are all written here."""

from functools import cache
from pathlib import PurePosixPath

CATALOGUE = PurePosixPath("catalogue")
PUBLICATIONS = PurePosixPath("publications")
ARCHIVE = PurePosixPath("archive")
CHANGES = PurePosixPath("changes")
COMPARE = PurePosixPath("compare")
LANDSCAPE = PurePosixPath("landscape")
TRENDS = PurePosixPath("trends")
LAB = PurePosixPath("lab")
API = PurePosixPath("api") / "v1"
# Generated folders: whatever else lies in them is removed.
OWNED = (CATALOGUE, PUBLICATIONS, ARCHIVE, CHANGES, COMPARE, LANDSCAPE, TRENDS, LAB, API)

CATALOGUE_INDEX = CATALOGUE / "index.md"
TAGS = CATALOGUE / "tags" / "index.md"
PUBLICATIONS_INDEX = PUBLICATIONS / "index.md"
BACKGROUND = PUBLICATIONS / "background.md"
ARCHIVE_INDEX = ARCHIVE / "index.md"
CHANGES_INDEX = CHANGES / "index.md"
COMPARE_INDEX = COMPARE / "index.md"
LANDSCAPE_INDEX = LANDSCAPE / "index.md"
TRENDS_INDEX = TRENDS / "index.md"
LAB_INDEX = LAB / "index.md"
LAB_PROBES = LAB / "probes" / "index.md"
GUIDE_INDEX = PurePosixPath("guide/index.md")  # written by hand
API_INDEX = PurePosixPath("api/index.md")  # written by hand
EXPLORER_SCRIPT = PurePosixPath("assets/explorer.js")
COMPARE_SCRIPT = PurePosixPath("assets/compare.js")
LAB_SCRIPT = PurePosixPath("assets/lab.js")
COMPARE_NAMES = COMPARE / "names.json"
# Included by pages that are written by hand; MkDocs makes no page of a dot folder.
HOME_PART = CATALOGUE / ".parts" / "home.md"
HOME_SEARCH_PART = CATALOGUE / ".parts" / "search.md"
ACTIVITY_PART = CATALOGUE / ".parts" / "activity.md"
# What programs read; the last two lie in a folder that is not generated.
HOME = PurePosixPath("index.md")
API_CATALOGUE = API / "catalogue.json"
API_CSV = API / "catalogue.csv"
API_LAB = API / "lab.json"
API_DATABASE = API / "catalogue.sqlite"
API_DESCRIPTION = API / "openapi.json"
LLMS = PurePosixPath("llms.txt")
OPENSEARCH = PurePosixPath("opensearch.xml")


@cache
def entry(folder: str, slug: str) -> PurePosixPath:
    return CATALOGUE / folder / f"{slug}.md"


def comparison(category: str) -> PurePosixPath:
    """The written comparison of a category."""
    return COMPARE / f"{category}.md"


def compared(slug: str) -> PurePosixPath:
    """What the comparison of chosen entries asks for."""
    return COMPARE / "data" / f"{slug}.json"


def lab_kind(kind_: str) -> PurePosixPath:
    """Everything measured of a kind."""
    return LAB / kind_ / "index.md"


@cache
def probe(kind_: str, id_: str) -> str:
    """The part of an address that names a probe, on pages of entries and on the page of probes."""
    return f"{kind_}.{id_}"


@cache
def kind(folder: str) -> PurePosixPath:
    return CATALOGUE / folder / "index.md"


@cache
def category(id_: str) -> PurePosixPath:
    return CATALOGUE / "categories" / f"{id_}.md"


def api_entry(slug: str) -> PurePosixPath:
    return API / "entries" / f"{slug}.json"


def api_schema(name: str) -> PurePosixPath:
    return API / "schema" / f"{name}.json"


def feed(name: str) -> PurePosixPath:
    return API / "feeds" / f"{name}.xml"


def entry_feed(slug: str) -> PurePosixPath:
    return API / "feeds" / "entries" / f"{slug}.xml"


def badge_picture(slug: str) -> PurePosixPath:
    return API / "badges" / f"{slug}.svg"


def badge_endpoint(slug: str) -> PurePosixPath:
    return API / "badges" / f"{slug}.json"
