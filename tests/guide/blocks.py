"""The code blocks of a page: files to save, and commands with what they print."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from tests.conftest import PROJECT

GUIDE = PROJECT / "docs" / "guide"
INFO = re.compile(r'(?P<language>\w*)(?: title="(?P<title>[\w.]+)")?')
PROMPT = "$ "
INTERRUPT = "^C"  # where a person presses the keys; the test ends the server after the last command


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block and where it stands."""

    place: str
    language: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A line after a prompt, and the lines that it is said to print."""

    line: str
    output: str


def pages() -> list[str]:
    """The names of the pages in the order of the site, which is that in which a person reads them."""
    configuration = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    return re.findall(r"guide/([\w-]+\.md)", configuration)


def blocks_of(path: Path) -> list[Block]:
    """Every block of a page. One that cannot be followed is an error, so that none stays untested."""
    return list(_blocks(path))


def _blocks(path: Path) -> Iterator[Block]:
    for token in MarkdownIt().parse(path.read_text(encoding="utf-8")):
        line = token.map[0] + 1 if token.map else 0
        place = f"{path.name}:{line}"
        if token.type == "code_block":
            raise AssertionError(f"{place}: code by indentation is not tested. Write a fence at the margin.")
        if token.type == "html_block" and re.search(r"<(pre|code)\b", token.content):
            raise AssertionError(f"{place}: code in HTML is not tested. Write a fence at the margin.")
        if token.type == "fence":
            yield _block(place, token.info.strip(), token.content)


def _block(place: str, info: str, text: str) -> Block:
    found = INFO.fullmatch(info)
    language, title = (found["language"], found["title"] or "") if found else ("", "")
    if language == "python" and title.endswith(".py"):
        return Block(place, language, title, text)
    if language == "console" and text.startswith(PROMPT):
        return Block(place, language, title, text)
    raise AssertionError(
        f"{place}: no test executes ```{info}. Write ```python with a title that ends in .py, or ```console "
        "whose first line is a command."
    )


def commands_of(block: Block) -> list[Command]:
    """The commands of a console block."""
    commands: list[tuple[str, list[str]]] = []
    for line in block.text.splitlines():
        if line.startswith(PROMPT):
            commands.append((line.removeprefix(PROMPT), []))
        elif line != INTERRUPT:
            commands[-1][1].append(line)
    return [Command(line, "\n".join(output)) for line, output in commands]
