"""What was judged and is no entry, with the reason: nobody has to judge it again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from scripts.catalogue.document import Document
from scripts.catalogue.fields import DeepUrl, Slug, Text
from scripts.catalogue.links import comparable, primary_links
from scripts.catalogue.lists import read_list
from scripts.catalogue.load import Listing
from scripts.catalogue.models import Model, Publication
from scripts.catalogue.problems import Problem, shown, suggestion
from scripts.catalogue.vocabularies import Vocabularies

PATH = "data/declined.yml"


class Declined(Model):
    """One project or publication that is no entry."""

    name: Text = Field(description="Its name or title.")
    address: DeepUrl | None = Field(default=None, description="Its repository or page, where one is known.")
    reason: Slug = Field(description="One of data/decline-reasons.yml.")
    note: Text = Field(description="What was found, in one sentence.")
    of: Slug | None = Field(default=None, description="For a duplicate, the entry.")


@dataclass(frozen=True, slots=True)
class Decision:
    """A declined thing at its place in the file."""

    index: int
    declined: Declined


def load_declined(root: Path) -> tuple[Document, list[Decision], list[Problem]]:
    """Reads ``data/declined.yml``; no file yet is nothing declined yet."""
    document, records, problems = read_list(root, PATH, Declined, "Write `- name: …` for each thing declined.")
    return document, [Decision(index, declined) for index, declined in records], problems


def decline_problems(
    document: Document, decisions: Sequence[Decision], listings: Sequence[Listing], vocabularies: Vocabularies
) -> Iterator[Problem]:
    """Reasons that are none, duplicates of nothing, things declined twice, and things declined that are entries."""
    slugs = {listing.slug for listing in listings}
    entries = {comparable(link): slug for slug, link in primary_links(listings).items()}
    entries |= {
        comparable(listing.entry.repository): listing.slug
        for listing in listings
        if not isinstance(listing.entry, Publication) and listing.entry.repository
    }
    seen: dict[str, int] = {}
    for decision in decisions:
        index, declined = decision.index, decision.declined
        if declined.reason not in vocabularies.decline_reasons:
            advice = suggestion(declined.reason, vocabularies.decline_reasons)
            yield document.problem((index, "reason"), f"`{shown(declined.reason)}` is no reason. {advice}")
        if (declined.reason == "duplicate") != (declined.of is not None):
            yield document.problem((index,), "`of` goes with the reason `duplicate`. Add or remove it.")
        if declined.of and declined.of not in slugs:
            text = f"`{declined.of}` is no entry. {suggestion(declined.of, slugs)}"
            yield document.problem((index, "of"), text)
        if declined.address is None:
            continue
        address = comparable(declined.address)
        if address in entries and declined.reason != "duplicate":
            text = f"`{entries[address]}` is an entry with this address. Remove the line or the entry."
            yield document.problem((index, "address"), text)
        if seen.setdefault(f"{address} {declined.name}", index) != index:
            yield document.problem((index, "address"), "This was declined above already. Remove the line.")
