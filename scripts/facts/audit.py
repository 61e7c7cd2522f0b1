"""Every problem there is: of entries, of facts, of both together, of what was measured, declined or disputed."""

import datetime as dt
from pathlib import Path

from scripts.catalogue.declined import decline_problems, load_declined
from scripts.catalogue.load import Catalogue
from scripts.catalogue.problems import Problem
from scripts.catalogue.rules import problems_of
from scripts.facts.disagreements import disagreements
from scripts.facts.links.state import load_links
from scripts.facts.measured import lab_problems, load_lab_facts
from scripts.facts.store import Facts, load_facts


def audit(root: Path, catalogue: Catalogue, today: dt.date) -> tuple[Facts, list[Problem]]:
    """The facts, and all problems sorted by place."""
    facts, problems = load_facts(root)
    document, decisions, found = load_declined(root)
    problems += load_links(root)[1]
    measured, unreadable = load_lab_facts(root)
    problems += [*unreadable, *lab_problems(measured, catalogue.listings)]
    problems += [*found, *problems_of(catalogue, today), *disagreements(catalogue.listings, facts)]
    if catalogue.vocabularies:
        problems += decline_problems(document, decisions, catalogue.listings, catalogue.vocabularies)
    return facts, sorted(problems)
