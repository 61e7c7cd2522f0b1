"""Texts that break whoever forgets to escape, in an entry and its facts."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from scripts.catalogue.document import Document
from scripts.catalogue.load import Catalogue, Listing
from scripts.catalogue.models import Publication, Software
from scripts.catalogue.vocabularies import Vocabularies
from scripts.facts.changes import Event
from scripts.facts.models import PackageFacts
from scripts.facts.store import Facts
from scripts.view.rows import View, make_view
from tests.conftest import MIDDLEWARE, PUBLICATION

NASTY = (
    "</script><script>alert(1)</script>",
    "]]>",
    "<!--",
    "&amp; &#0; &nope;",
    "=cmd()",
    "@SUM(1)",
    "-1+1",
    "\t=1",
    "\r=1",
    "\uff1d1",
    "a \"b\" 'c', d; e | f",
    "\u202egnirts",
    "\x00\x0b\x1b",
    "\ufffe\uffff",
    "\u2028 \u2029 \u0085",
    "line\nline",
    "{name} {0} %s",
    "a/b?c#d e",
)
# Whatever Python can write as UTF-8, so everything but lone surrogates: files are read as UTF-8, where they cannot be.
texts = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
DAY = dt.date(2026, 1, 1)


def view_with(vocabularies: Vocabularies, name: str, description: str, version: str) -> View:
    """One project and one publication that say so, past every check, with a release of that version."""
    software = {key: value for key, value in MIDDLEWARE.items() if key != "works_with"}
    changes: dict[str, Any] = {"name": name, "description": description, "formerly": (name,), "added": DAY}
    project = Software.model_construct(**(software | changes))
    told: dict[str, Any] = {"title": name, "summary": description, "authors": (name, description), "event": version}
    text = Publication.model_construct(**(PUBLICATION | told | {"topics": ("it",), "added": DAY}))
    listings = (
        Listing("middleware", "it", project, Document("data/middleware/it.yml")),
        Listing("publication", "text", text, Document("data/publications/text.yml")),
    )
    record = PackageFacts(observed=DAY, source=name, version=version, last_release=DAY)
    event = Event(date=DAY, event="released", entry="it", before=name, after=version)
    facts = Facts(packages={MIDDLEWARE["package"]: record})
    return make_view(Catalogue(vocabularies, listings, ()), facts, (event,))
