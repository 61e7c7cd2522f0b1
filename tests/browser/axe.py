"""What axe finds on a page, by the rules of all tests and of the audit."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# With the rule on target sizes of WCAG 2.2, which axe leaves out unless asked, and without a report of every element
# that passed, which takes twice as long as the check itself where there are hundreds of rows.
OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """Each rule that is broken, with the HTML of the elements that break it."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]
