"""Six words in a row are found, five are not, and the summary itself is nowhere."""

import pytest

from scripts.facts.echo import fingerprints, repeats

SUMMARY = "A lightning-fast toolkit for building ASGI services, with batteries included."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Toolkit for building ASGI services, with other things.", True),
        ("Toolkit FOR building ASGI services with a plan.", True),
        ("Building ASGI services with batteries, no more.", False),
        ("Something else.", False),
    ],
)
def test_six_words_in_a_row(text: str, expected: bool) -> None:  # noqa: FBT001
    assert repeats(text, fingerprints(SUMMARY)) is expected


def test_a_short_summary_counts_as_a_whole() -> None:
    assert repeats("ASGI web server", fingerprints("ASGI web server."))
    assert not repeats("ASGI web server for Windows", fingerprints("ASGI web server"))
    assert not repeats("Anything", fingerprints(""))


def test_no_word_can_be_read() -> None:
    assert not any(word in " ".join(fingerprints(SUMMARY)) for word in SUMMARY.lower().split() if len(word) > 3)
