"""A folder with the files of the guide."""

from pathlib import Path

import pytest

from tests.guide.blocks import GUIDE, blocks_of, pages


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What a person has who saved every file of every page."""
    for page in pages():
        for block in blocks_of(GUIDE / page):
            if block.language == "python":
                (tmp_path / block.title).write_text(block.text, encoding="utf-8")
    return tmp_path
