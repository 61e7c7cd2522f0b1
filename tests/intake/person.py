"""Somebody at a keyboard: what they do with the commands, and what they see."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts import check, new, suggest
from scripts.catalogue.load import load
from scripts.intake.questions import forms
from tests.conftest import TODAY

IDENTITY = ("-c", "user.name=Ada Example", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false")


@dataclass(frozen=True, slots=True)
class Seen:
    """The exit status, and the screen: prompts with the answers that were typed behind them."""

    code: int
    screen: str


@dataclass(slots=True)
class Person:
    """``root`` is their clone."""

    root: Path
    capsys: pytest.CaptureFixture[str]

    def new(self, *arguments: str, answers: tuple[str, ...] = ()) -> Seen:
        """Runs ``new`` and types the answers; then the keyboard is silent."""
        return self._run(lambda: new.main([*arguments, "--root", str(self.root)], typed(answers), lambda: TODAY))

    def suggest(self, body: str | bytes, *arguments: str) -> Seen:
        """Runs ``suggest`` on the body of an issue."""
        path = self.root.parent / f"{self.root.name}-issue.md"
        path.write_bytes(body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body)
        return self.suggest_file(path, *arguments)

    def suggest_file(self, path: Path, *arguments: str) -> Seen:
        return self._run(lambda: suggest.main([str(path), "--root", str(self.root), *arguments], lambda: TODAY))

    def check(self) -> Seen:
        return self._run(lambda: check.main(["--root", str(self.root)]))

    def git(self, *arguments: str) -> str:
        command = ["git", *IDENTITY, *arguments]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=True)
        return done.stdout

    def changed(self) -> list[str]:
        """What differs from the last commit, as git shows it."""
        return self.git("status", "--short", "--untracked-files=all").splitlines()

    def files(self) -> dict[str, bytes]:
        """Everything in the clone but git's own."""
        return {path: (self.root / path).read_bytes() for path in self._paths()}

    def _paths(self) -> Iterator[str]:
        for path in self.root.rglob("*"):
            relative = path.relative_to(self.root)
            if path.is_file() and relative.parts[0] != ".git":
                yield relative.as_posix()

    def _run(self, command: Callable[[], int]) -> Seen:
        self.capsys.readouterr()
        try:
            code = command()
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        captured = self.capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Seen(code, captured.out + captured.err)

    def body(self, form: str, **answers: str) -> str:
        """A filled-in form as GitHub renders it. ``import_`` stands for ``import``."""
        terms = load(self.root).vocabularies
        assert terms is not None
        chosen = next(one for one in forms(terms) if one.id == form)
        said = {key.rstrip("_"): value for key, value in answers.items()}
        unknown = said.keys() - {question.key for question in chosen.questions}
        assert not unknown
        return "\n\n".join(
            f"### {question.label}\n\n{said.get(question.key, '_No response_')}" for question in chosen.questions
        )


def typed(answers: tuple[str, ...]) -> Callable[[str], str]:
    """A keyboard that shows what is typed, as a terminal does."""
    left = list(answers)

    def read(prompt: str) -> str:
        if not left:
            sys.stdout.write(prompt)
            raise EOFError
        sys.stdout.write(f"{prompt}{left[0]}\n")
        return left.pop(0)

    return read
