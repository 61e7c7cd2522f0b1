"""Follows a page from top to bottom: saves the files, starts the servers, runs the clients, compares the outputs."""

import ast
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests.guide.blocks import Block, Command, commands_of
from tests.guide.servers import ENVIRONMENT, FREE_PORT, PATIENCE, Server, start, words

ADDRESS = "127.0.0.1:8000"  # where servers listen if nobody says otherwise
RUN = ("python", "pytest")


class Reader:
    """A person with a folder and two terminals: one for the server, one for everything else."""

    def __init__(self, folder: Path, files: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.files = dict(files or {})  # of the pages before
        self.untried: dict[str, str] = {}  # title → place of files that nothing has run yet
        self.server: Server | None = None
        self.promised = ""  # what the running server is said to print

    def follow(self, blocks: Iterable[Block]) -> None:
        """Does what a page says. Fails if something else happens, or if a file is left that nothing runs."""
        try:
            for block in blocks:
                self._follow(block)
        except BaseException:
            if self.server:
                self.server.process.kill()
                self.server.process.wait()
            raise
        self._stop()
        assert not self.untried, f"no command runs {self.untried}"

    def _follow(self, block: Block) -> None:
        if block.language == "python":
            assert block.title not in self.untried, f"{block.place}: replaces {block.title}, which nothing has run"
            self.files[block.title] = block.text
            self.untried[block.title] = block.place
        else:
            for command in commands_of(block):
                self._type(command, block.place)

    def _type(self, command: Command, place: str) -> None:
        program = command.line.split()[0]
        assert program in (*FREE_PORT, *RUN), f"{place}: no test runs {program}"
        for used in used_by(command.line, self.files):
            self.untried.pop(used, None)
        if program in FREE_PORT:
            self._stop()
            self._save()
            self.server, self.promised = start(command.line, self.folder), command.output
        else:
            self._save()
            assert alike(self._run(command.line)) == alike(command.output), f"{place}: {command.line}"

    def _run(self, line: str) -> str:
        done = subprocess.run(
            words(line), cwd=self.folder, capture_output=True, text=True, timeout=PATIENCE, env=ENVIRONMENT, check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        return done.stdout

    def _stop(self) -> None:
        if self.server:
            server, self.server = self.server, None
            assert server.stop() == self.promised, "what the server printed"

    def _save(self) -> None:
        address = self.server.address if self.server else "nobody.invalid"
        for name, text in self.files.items():
            (self.folder / name).write_text(text.replace(ADDRESS, address), encoding="utf-8")


def used_by(command: str, files: dict[str, str]) -> set[str]:
    """The files that a command runs: those that it names, and what they import."""
    named = [f"{word.partition(':')[0].removesuffix('.py')}.py" for word in command.split()[1:]]
    queue = [name for name in named if name in files]
    used: set[str] = set()
    while queue:
        name = queue.pop()
        used.add(name)
        queue += [found for found in imports(files[name]) if found in files and found not in used]
    return used


def imports(text: str) -> list[str]:
    """The files that the modules which a text imports would have."""
    modules: list[str] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            modules += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.append(node.module)
    return [f"{module}.py" for module in modules]


def alike(output: str) -> str:
    """An output without what differs from run to run: measured times, and blanks at the ends of lines."""
    output = re.sub(r"\b(dur=|in )\d+\.\d+", r"\g<1>…", output)
    return "\n".join(line.rstrip() for line in output.strip().splitlines())
