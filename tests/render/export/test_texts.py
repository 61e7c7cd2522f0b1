"""What language models and browsers read at the root of the site."""

import re
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt

from scripts.render.export.texts import OPENSEARCH, llms, opensearch
from scripts.render.site import Site
from scripts.view.rows import View
from tests.render.export.conftest import SITE, Files

LINK = re.compile(r"\]\(([^)]+)\)")


def test_living_projects_are_listed_once_with_what_they_do(view: View, files: Files) -> None:
    text = str(files[PurePosixPath("llms.txt")])
    assert text.startswith("# Awesome ASGI\n\n> ")
    assert text.count("\n- [Examplecorn](api/v1/entries/examplecorn.json): Serves ASGI applications over") == 1
    assert "Oldcorn" not in text
    assert "Example Guard" not in text, "dormant"
    assert f"As of {view.as_of}" in text
    assert "2 living projects" in text


def test_every_link_leads_to_a_file(real_view: View, real_files: Files) -> None:
    text = llms(real_view, SITE)
    targets = [PurePosixPath(target) for target in LINK.findall(text)]
    assert set(targets) <= set(real_files)
    living = {row.slug for row in real_view.software if row.activity.alive}
    assert sorted(path.stem for path in targets if path.parent.name == "entries") == sorted(living)


def test_it_is_a_list_of_links_to_whoever_reads_markdown(real_view: View) -> None:
    html = MarkdownIt("commonmark").render(llms(real_view, SITE))
    living = sum(row.activity.alive for row in real_view.software)
    assert html.count("<li>") == html.count("<a href=") == living + 5
    assert html.count("<h1>") == html.count("<blockquote>") == 1


def test_browsers_can_search() -> None:
    root = ET.fromstring(opensearch(Site("A & B <catalogue> of things", SITE.address, "")).encode())  # noqa: S314 - ours
    space = f"{{{OPENSEARCH}}}"
    (search,) = [url for url in root.findall(f"{space}Url") if url.get("type") == "text/html"]
    assert search.get("template") == "https://site.example/awesome/catalogue/?q={searchTerms}"
    name = str(root.findtext(f"{space}ShortName"))
    assert name == "A & B <catalogue"
    assert len(name) <= 16
    assert root.findtext(f"{space}Description")
