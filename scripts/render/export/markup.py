"""What XML cannot hold."""

import re

# Not even as a character reference (XML 1.0, section 2.2).
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def possible(text: str) -> str:
    """The text, with the replacement character for each character that no XML document may have."""
    return _IMPOSSIBLE.sub("\ufffd", text)
