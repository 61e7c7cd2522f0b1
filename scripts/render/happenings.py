"""What happened to an entry, in words."""

import datetime as dt
from collections.abc import Iterator, Sequence

from scripts.render.markdown import escape
from scripts.view.rows import Happening


def history_list(events: Sequence[Happening], added: dt.date) -> Iterator[str]:
    """The events as a list, newest first; where nothing but the entry itself happened, one sentence."""
    if all(event.event == "added" for event in events):
        yield f"Added {added}.\n"
        return
    yield from (f"- {event.date}: {happening(event)}" for event in events)
    yield ""


def happening(event: Happening) -> str:
    """One event as Markdown. Values of before may be missing: nobody knew them."""
    before, after = (escape(value) if value else "" for value in (event.before, event.after))
    change = f"from {before} to {after}" if before else f"to {after}"
    texts = {
        "added": "added to the catalogue",
        "released": f"version {after} released{f', after {before}' if before else ''}",
        "renamed": f"repository renamed {change}",
        "archived": "repository archived by its owner",
        "unarchived": "repository no longer archived",
        "license": f"licence changed {change}",
        "vulnerable": f"known vulnerability: {after}",
        "gone": "gone from where its facts were read",
        "back": "back where its facts are read",
    }
    return texts[event.event]
