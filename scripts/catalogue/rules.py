"""Every rule over the catalogue, listed once, and the one function that applies them."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from scripts.catalogue import entry_rules, relation_rules
from scripts.catalogue.load import Catalogue
from scripts.catalogue.problems import Problem
from scripts.catalogue.scope import Scope, as_slug

RULES: tuple[Callable[[Scope], Iterator[Problem]], ...] = (
    entry_rules.slugs_are_words,
    entry_rules.terms_are_known,
    entry_rules.lists_name_things_once,
    entry_rules.sentences_say_something,
    entry_rules.descriptions_say_what_it_does,
    entry_rules.dates_have_passed,
    entry_rules.homes_are_complete,
    entry_rules.addresses_differ_within,
    entry_rules.endings_are_consistent,
    entry_rules.evidence_stays_checkable,
    entry_rules.addresses_are_of_today,
    entry_rules.claims_are_tagged,
    relation_rules.slugs_are_unique,
    relation_rules.sentences_differ,
    relation_rules.words_are_used,
    relation_rules.references_lead_somewhere,
    relation_rules.components_have_one_parent,
    relation_rules.successions_end,
    relation_rules.nothing_is_listed_twice,
)


def problems_of(catalogue: Catalogue, today: dt.date) -> list[Problem]:
    """All problems, those of shape included, sorted by place."""
    found = set(catalogue.problems)
    if catalogue.vocabularies is not None:
        by_slug = {listing.slug: listing for listing in catalogue.listings}
        stems = (*by_slug, *(PurePosixPath(problem.path).stem for problem in catalogue.problems))
        claimed = frozenset(as_slug(stem) for stem in stems if stem not in by_slug or as_slug(stem) != stem)
        scope = Scope(catalogue.listings, by_slug, claimed, catalogue.vocabularies, today)
        a_folder_is_unread = any(re.fullmatch(r"data/[^/.]+", problem.path) for problem in catalogue.problems)
        for rule in RULES:
            if not (a_folder_is_unread and rule is relation_rules.references_lead_somewhere):
                found.update(rule(scope))
    return sorted(found)
