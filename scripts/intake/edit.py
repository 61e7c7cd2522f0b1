"""One key of an entry's text: replaced, added at its place, or removed. Everything else stays as it is."""

from scripts.catalogue.document import Document, Value
from scripts.intake.write import keys, line


def edited(text: str, document: Document, kind: str, key: str, value: "Value | None") -> str:
    """The new text. ``document`` is what was read from the old one; None or an empty value removes the key."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    starts = {location[0]: place[0] - 1 for location, place in document.keys.items() if len(location) == 1}
    order = sorted(starts.values())
    new = [line(key, value)] if value else []
    if key in starts:
        begin = starts[key]
        end = next((start for start in order if start > begin), len(lines))
        while end > begin + 1 and lines[end - 1].lstrip()[:1] in {"", "#"}:  # comments belong to what follows
            end -= 1
        return "".join([*lines[:begin], *new, *lines[end:]])
    names = keys(kind)
    later = names[names.index(key) + 1 :] if key in names else []
    at = min((starts[name] for name in later if name in starts), default=len(lines))
    return "".join([*lines[:at], *new, *lines[at:]])
