"""What an application answers to requests, well-formed and not."""

import json
import threading

from scripts.lab.frameworks.registry import Framework, probe
from scripts.lab.frameworks.steps import said, serving
from scripts.lab.plan import Level, Outcome, asgi, failed, passed, rfc, unsupported

_JSON = [(b"content-type", b"application/json")]
_BOUNDARY = b"lab-boundary"
_FORM = (
    b"--lab-boundary\r\n"
    b'Content-Disposition: form-data; name="file"; filename="lab.txt"\r\n'
    b"Content-Type: text/plain\r\n\r\n"
    b"twelve bytes\r\n"
    b"--lab-boundary--\r\n"
)


@probe("http.hello", "Answers a GET request", Level.SHOULD, asgi("main", "Applications", "applications"))
async def hello(bench: Framework) -> Outcome:
    """Calls the application with a GET request for a route that answers with a short text."""
    async with serving(bench) as served:
        response = await served.fetch("/hello")
    if (response.status, response.body, response.complete) == (200, b"hello", True):
        return passed("Status 200 and the text came back.")
    return failed(f"{said(response)} with a body of {len(response.body)} bytes instead of 200 and the text.")


@probe("http.404", "Answers 404 where there is no route", Level.POLICY, rfc(9110, "15.5.5"))
async def not_found(bench: Framework) -> Outcome:
    """GET of a path that no route has."""
    async with serving(bench) as served:
        response = await served.fetch("/no/such/route")
    if response.status == 404:
        return passed("Status 404 came back.")
    return failed(f"{said(response)} for a path without a route.")


@probe("http.405_with_allow", "Answers 405 with Allow to a wrong method", Level.MUST, rfc(9110, "15.5.6"))
async def method_not_allowed(bench: Framework) -> Outcome:
    """DELETE of a route that has GET only. Whoever answers 405 has to name the allowed methods in Allow; another
    answer is the framework's right.
    """
    async with serving(bench) as served:
        response = await served.fetch("/hello", method="DELETE")
    allowed = response.header(b"allow")
    if response.status != 405:
        return unsupported(f"{said(response)} instead of 405.")
    if allowed is None:
        return failed("Status 405 came back without Allow.")
    if b"GET" not in allowed.upper():
        return failed("Status 405 came back with an Allow that does not name GET.")
    return passed("Status 405 and Allow with GET came back.")


@probe("http.head_automatic", "Answers HEAD where there is GET", Level.POLICY, rfc(9110, "9.3.2"))
async def head(bench: Framework) -> Outcome:
    """HEAD of a route that was declared for GET."""
    async with serving(bench) as served:
        response = await served.fetch("/hello", method="HEAD")
    if response.status != 200:
        return failed(f"{said(response)} for HEAD.")
    content = "with content, which the server has to cut off" if response.body else "without content"
    return passed(f"Status 200 came back {content}.")


@probe("http.options_automatic", "Answers OPTIONS by itself", Level.POLICY, rfc(9110, "9.3.7"))
async def options(bench: Framework) -> Outcome:
    """OPTIONS of a route that was declared for GET: 2xx with Allow passes."""
    async with serving(bench) as served:
        response = await served.fetch("/hello", method="OPTIONS")
    if not 200 <= response.status < 300:
        return failed(f"{said(response)} for OPTIONS.")
    if response.header(b"allow") is None:
        return failed(f"{said(response)} for OPTIONS, without Allow.")
    return passed("A status of 2xx and Allow came back.")


@probe("http.trailing_slash", "Knows a route with a slash at its end, too", Level.POLICY)
async def trailing_slash(bench: Framework) -> Outcome:
    """GET of the route with a slash after it, which was declared without: an answer or a redirection passes."""
    async with serving(bench) as served:
        response = await served.fetch("/hello/")
    if response.status == 200:
        return passed("It answers as without the slash.")
    if 300 <= response.status < 400:
        return passed("It redirects to the path without the slash.")
    return failed(f"{said(response)} for the path with a slash.")


@probe("http.path_param_typed", "Converts a path parameter that is declared as a number", Level.POLICY)
async def typed_parameter(bench: Framework) -> Outcome:
    """GET of a route with a parameter that its framework's idiom declares as an integer; the handler tells its type."""
    bench.wants("typed path")
    async with serving(bench) as served:
        response = await served.fetch("/items/7")
    if response.body == b"int 7":
        return passed("The handler got an integer.")
    if response.body == b"str 7":
        return failed("The handler got a string.")
    return failed(f"{said(response)}, and the handler's answer did not.")


@probe("http.path_param_bad_value_4xx", "Answers 4xx where a number in a path is none", Level.POLICY)
async def bad_parameter(bench: Framework) -> Outcome:
    """GET of the same route with a word in place of the number."""
    bench.wants("typed path")
    async with serving(bench) as served:
        response = await served.fetch("/items/seven")
    if 400 <= response.status < 500:
        return passed(f"Status {response.status} came back.")
    return failed(f"{said(response)} for a word in place of a number.")


@probe("http.json_body", "Reads and writes JSON", Level.POLICY, rfc(8259, "8.1"))
async def json_body(bench: Framework) -> Outcome:
    """POST of an object with nesting and text beyond ASCII to a handler that returns what it read."""
    sent = {"lab": [1, 2.5, None, True], "text": "Grüße, 世界"}
    async with serving(bench) as served:
        data = json.dumps(sent, ensure_ascii=False).encode()
        response = await served.fetch("/json", method="POST", headers=_JSON, body=data)
    try:
        returned = json.loads(response.body)
    except ValueError:
        return failed(f"{said(response)}, and its body is no JSON.")
    kind = (response.header(b"content-type") or b"").partition(b";")[0].strip()
    if returned != sent:
        return failed(f"{said(response)}, and the object came back changed.")
    if kind != b"application/json":
        return failed("The object came back, but its media type is not application/json.")
    return passed("The object came back as it was sent, as application/json.")


@probe("http.invalid_json_4xx", "Answers 4xx to JSON that is none", Level.POLICY, rfc(9110, "15.5.1"))
async def invalid_json(bench: Framework) -> Outcome:
    """POST of a body that ends in the middle, declared as JSON, to the same handler, which catches nothing itself."""
    async with serving(bench) as served:
        response = await served.fetch("/json", method="POST", headers=_JSON, body=b'{"lab": ')
    if 400 <= response.status < 500:
        return passed(f"Status {response.status} came back.")
    return failed(f"{said(response)} for a body that is no JSON.")


@probe("http.multipart_upload", "Reads an uploaded file from a form", Level.POLICY, rfc(7578, "4"))
async def upload(bench: Framework) -> Outcome:
    """POST of a form with one file of twelve bytes; the handler tells the file's name and size."""
    bench.wants("upload")
    headers = [(b"content-type", b"multipart/form-data; boundary=" + _BOUNDARY)]
    async with serving(bench) as served:
        response = await served.fetch("/upload", method="POST", headers=headers, body=_FORM)
    if response.body == b"lab.txt 12":
        return passed("The handler got the file with its name and all of its bytes.")
    return failed(f"{said(response)}, and name and size of the file did not.")


@probe("http.sync_handler_in_threadpool", "Runs a handler that is no coroutine in a thread of its own", Level.POLICY)
async def sync_handler(bench: Framework) -> Outcome:
    """GET of a route whose handler is a plain function and tells in which thread it runs."""
    bench.wants("sync")
    async with serving(bench) as served:
        response = await served.fetch("/sync")
    if not response.body.isdigit():
        return failed(f"{said(response)}, and the handler's thread did not.")
    if int(response.body) == threading.get_ident():
        return failed("The handler ran in the thread of the event loop and blocks it.")
    return passed("The handler ran in another thread than the event loop.")


@probe("errors.exception_500", "Answers 500 where a handler raises", Level.POLICY, rfc(9110, "15.6.1"))
async def exception(bench: Framework) -> Outcome:
    """GET of a route whose handler raises RuntimeError. Whether the exception goes on to the server, too, is noted."""
    async with serving(bench) as served, served.call("/boom") as call:
        await call.ended()
        started = call.of("http.response.start")
        raised = call.error
    if started and started[0]["status"] == 500:
        return passed(
            f"Status 500 came back, and the exception {'went on to' if raised else 'did not reach'} the server."
        )
    if started:
        return failed(f"Status {started[0]['status']} came back.")
    return failed("Nothing came back; the exception is left to the server." if raised else "Nothing came back.")
