"""What happened to one entry, in the words of the page of changes but as plain text."""

from scripts.render.changes import WORDS
from scripts.render.export import models


def headline(name: str, event: models.Event, kind: str) -> str:
    """What happened. ``kind`` is the title of the kind of the entry."""
    words = WORDS[event.event]
    was = f" (before: {event.before})" if event.before else ""
    return f"{words.lead}{name}{words.tail.format(kind=kind.lower(), after=event.after or 'unknown', was=was)}"


def note(description: str, event: models.Event) -> str:
    """When it was noticed, and what the entry is."""
    return f"Noticed on {event.date}. {description}"
