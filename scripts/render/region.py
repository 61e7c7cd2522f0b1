"""The generated region of a file that people write: everything between two markers."""

from scripts.catalogue.problems import Problem


def begin(name: str) -> str:
    """The marker before the region."""
    return f"<!-- {name}:begin (generated: edit data/, then run make site) -->"


def end(name: str) -> str:
    """The marker after the region."""
    return f"<!-- {name}:end -->"


def inside(text: str, name: str, path: str) -> str | Problem:
    """What stands between the markers; a problem unless there is exactly one pair, in order."""
    first, last = begin(name), end(name)
    for marker in (first, last):
        lines = [number for number, line in enumerate(text.splitlines(), 1) if line == marker]
        if not lines:
            return Problem(path, 1, 1, f"The line `{marker}` is missing. Put it back where the generated part belongs.")
        if len(lines) > 1:
            return Problem(path, lines[1], 1, f"The line `{marker}` stands twice. Keep one pair of markers.")
    before, _, rest = text.partition(f"{first}\n")
    content, found, _ = rest.partition(f"{last}")
    if not found:
        line = before.count("\n") + 1
        return Problem(path, line, 1, f"The line `{last}` stands before this one. Put the pair in order.")
    return content


def replaced(text: str, name: str, path: str, content: str) -> str | Problem:
    """The text with a new region."""
    old = inside(text, name, path)
    if isinstance(old, Problem):
        return old
    before, _, rest = text.partition(f"{begin(name)}\n")
    return f"{before}{begin(name)}\n{content}{rest[len(old) :]}"
