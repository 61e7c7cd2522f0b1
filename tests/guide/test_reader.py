"""The reader notices what is wrong with a page: a block that is broken, dead, or not what it says."""

from pathlib import Path

import pytest

from tests.guide.blocks import blocks_of
from tests.guide.reader import Reader, alike

APP = """\
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError
    print("asked")
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": b"answer"})
"""
CLIENT = 'import httpx\n\nprint(httpx.get("http://127.0.0.1:8000/").text)\n'
CONSOLE = "$ uvicorn app:app\n^C\nasked\n$ python client.py\nanswer\n"


def fence(info: str, text: str) -> str:
    return f"```{info}\n{text}```\n\n"


def page(app: str = APP, client: str = CLIENT, console: str = CONSOLE, more: str = "") -> str:
    files = fence('python title="app.py"', app) + fence('python title="client.py"', client)
    return "# Page\n\n" + files + fence("console", console) + more


def follow(text: str, folder: Path) -> None:
    path = folder / "page.md"
    path.write_text(text, encoding="utf-8")
    Reader(folder).follow(blocks_of(path))


def test_a_good_page_can_be_followed(tmp_path: Path) -> None:
    follow(page(), tmp_path)


NOT_EXECUTED = {
    "no title": fence("python", "print()\n"),
    "no language": fence("", "text\n"),
    "another language": fence("yaml", "a: 1\n"),
    "other attributes": fence('python title="a.py" hl_lines="1"', "print()\n"),
    "in HTML": "<pre>print()</pre>\n",
    "by indentation": "Text.\n\n    print()\n",
    "no prompt": fence("console", "python client.py\n"),
    "nothing runs it": fence('python title="dead.py"', "print()\n"),
    "no test runs it": fence("console", "$ curl http://127.0.0.1:8000/\n"),
}


@pytest.mark.parametrize("block", NOT_EXECUTED.values(), ids=NOT_EXECUTED)
def test_a_block_that_nothing_executes_is_an_error(block: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"no test|no command|not tested"):
        follow(page(more=block), tmp_path)


def test_a_block_that_is_replaced_before_it_ran_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="which nothing has run"):
        follow(fence('python title="app.py"', APP) + page(), tmp_path)


BROKEN = {
    "the application cannot be read": page(app="async def app(:\n"),
    "the application has another name": page(app=APP.replace("def app", "def application")),
    "the application raises": page(app=APP.replace('"body": b"answer"', '"body": 1')),
    "the application answers something else": page(app=APP.replace("answer", "other")),
    "the application prints something else": page(app=APP.replace("asked", "other")),
    "the client raises": page(client=CLIENT.replace("text", "texts")),
    "the client prints nothing": page(client=CLIENT.replace("print", "str")),
    "the page shows another output": page(console=CONSOLE.replace("answer", "other")),
    "the page shows too little": page(console=CONSOLE.removesuffix("answer\n")),
    "the page shows something else of the server": page(console=CONSOLE.replace("asked", "other")),
    "the server is not started": page(console="$ python client.py\nanswer\n$ python app.py\n"),
    "a test fails": page(more=fence('python title="test_a.py"', "def test_a():\n    assert 0\n"))
    + fence("console", "$ pytest -q test_a.py\n"),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_page_is_an_error(text: str, tmp_path: Path) -> None:
    with pytest.raises((AssertionError, SyntaxError)):
        follow(text, tmp_path)


def test_only_measured_times_may_differ() -> None:
    assert alike("app;dur=0.12 \n1 passed in 0.05s\n") == alike("app;dur=7.01\n1 passed in 3.00s")
    assert alike("version 1.1") != alike("version 1.0")
