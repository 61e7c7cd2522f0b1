"""Pages of the small repository as a reader's browser has them."""

import markdown
from bs4 import BeautifulSoup

from scripts.render.everything import pages
from scripts.render.site import Site
from scripts.view.rows import View
from tests.render.test_markdown import EXTENSIONS

PROJECT_ADDRESS = "https://github.com/example/catalogue"
SITE = Site("Example catalogue", "https://example.github.io/catalogue/", PROJECT_ADDRESS)


def page(view: View, path: str) -> BeautifulSoup:
    """A page of the site, by its path below ``docs/``."""
    text = {place.as_posix(): text for place, text in pages(view, SITE)}[path]
    return html(text)


def html(text: str) -> BeautifulSoup:
    body = text.partition("---\n\n")[2] if text.startswith("---\n") else text
    return BeautifulSoup(markdown.markdown(body, extensions=EXTENSIONS), "html.parser")
