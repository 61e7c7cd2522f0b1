"""What happened, in words."""

from collections.abc import Mapping

from scripts.render.export import models

_WORDS: Mapping[str, str] = {
    "added": "joined the catalogue",
    "released": "released {after}",
    "renamed": "renamed to {after}",
    "archived": "archived",
    "unarchived": "no longer archived",
    "license": "licence changed to {after}",
    "vulnerable": "known vulnerability",
    "gone": "gone",
    "back": "back",
}
_SENTENCES: Mapping[str, str] = {
    "added": "{name} joined the catalogue.",
    "released": "{after} is the latest version of {name}; it was {before}.",
    "renamed": "The repository of {name} moved from {before} to {after}.",
    "archived": "The repository of {name} was archived: it is read-only.",
    "unarchived": "The repository of {name} is not archived any more.",
    "license": "The licence of {name} was {before} and is {after}.",
    "vulnerable": "The latest version of {name} has known vulnerabilities that were not known before: {after}.",
    "gone": "The forge or package index no longer knows {name}.",
    "back": "The forge or package index knows {name} again.",
}


def headline(name: str, event: models.Event) -> str:
    """A few words, with the name before them."""
    return f"{name}: {_filled(_WORDS[event.event], name, event)}"


def sentence(name: str, event: models.Event) -> str:
    """One sentence, with the day on which it was noticed."""
    return f"{_filled(_SENTENCES[event.event], name, event)} Noticed on {event.date}."


def _filled(words: str, name: str, event: models.Event) -> str:
    return words.format(name=name, before=event.before or "unknown", after=event.after or "unknown")
