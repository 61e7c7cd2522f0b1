"""The subject of a commit with new facts, as ``subject=…``: ``python -m scripts.subject``.

Exit status: 0 done, 1 the file of changes cannot be read.
"""

import subprocess
import sys
from pathlib import Path

from scripts.facts.changes import PATH, load_changes, subject

ROOT = Path(__file__).resolve().parents[1]


def main(root: Path = ROOT) -> int:
    events, problems = load_changes(root)
    if problems:
        print(*problems, sep="\n", file=sys.stderr)
        return 1
    command = ["git", "-C", str(root), "show", f"HEAD:{PATH}"]
    before = subprocess.run(command, capture_output=True, check=False)  # noqa: S603  # nothing of it is from outside
    known = before.stdout.count(b"\n") if before.returncode == 0 else 0  # the file only ever grows
    print(f"subject={subject(events[known:])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
