"""How the mini server reads requests, and the faults that it can have."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TOKEN = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
MOST_HEADERS = 200

# A fault, and the one probe that is about it.
FAULTS: Mapping[str, str] = {
    "always-1.1": "scope.scheme_method_http_version",
    "another-error-for-the-gone": "disconnect.send_after_raises_oserror",
    "bare-socket-path": "scope.unix_server_path_none",
    "chunks-for-1.0": "http1.http10",
    "colon-after-space": "security.te_space_before_colon_rejected",
    "decoded-query": "scope.query_string_bytes",
    "decoded-raw-path": "scope.raw_path",
    "error-not-400": "security.garbage_request_line_400",
    "first-of-two-lengths": "security.duplicate_content_length_rejected",
    "folded-value": "security.obs_fold_rejected",
    "forgets-pipelined": "http1.pipelining",
    "half-is-whole": "disconnect.mid_upload",
    "head-with-body": "http1.head",
    "head-with-stream": "http1.head_streaming_no_body",
    "holds-back": "http1.stream_response_content_length",
    "last-chunk-after-exception": "errors.exception_mid_body_truncates",
    "last-of-two-headers": "scope.header_dups_order",
    "late-end": "http1.background_after_response",
    "leaves-body": "http1.early_response_unread_body",
    "length-of-204": "http1.status_204_304_no_body",
    "lenient-chunk-size": "security.bad_chunk_size_rejected",
    "lenient-length": "security.invalid_content_length_rejected",
    "line-break-in-header": "security.response_header_crlf_rejected",
    "lists-only": "http1.headers_any_iterable",
    "never-tells": "disconnect.http_disconnect_while_waiting",
    "no-100": "http1.expect_100_continue",
    "no-close": "security.cl_te_no_desync",
    "no-date": "http1.date_header",
    "no-host": "security.missing_host_rejected",
    "no-keepalive": "http1.keepalive",
    "no-root-path": "scope.keys_per_spec",
    "no-version": "scope.asgi_versions",
    "nul-in-value": "security.nul_in_header_rejected",
    "path-as-sent": "scope.path_decoding",
    "port-as-text": "scope.client_server_tuples",
    "shared-state": "scope.state_is_copy_per_request",
    "short-of-length": "errors.content_length_too_long",
    "silent-exception": "errors.exception_before_start_500",
    "sorted-headers": "http1.response_headers_order_dups",
    "stays-open": "http1.connection_close",
    "success-after-start": "errors.exception_after_start",
    "surplus-message": "errors.body_after_complete",
    "surplus-of-length": "errors.content_length_too_short",
    "text-body": "errors.str_body_rejected",
    "text-headers": "errors.str_headers_rejected",
    "two-hosts": "security.duplicate_host_rejected",
    "unknown-coding": "security.unknown_transfer_encoding_rejected",
    "unknown-message": "errors.unknown_message_type_raises",
    "upper-case": "scope.headers_lowercase_bytes",
    "utf-8-values": "scope.header_value_non_ascii",
    "waits-after-response": "disconnect.receive_after_response_complete",
    "whole-address-refused": "http1.absolute_form_target",
}


@dataclass(frozen=True)
class Options:
    """What the command line says."""

    application: str
    port: int
    uds: str
    root_path: str
    forwarded: bool
    fault: str


class Refused(Exception):  # noqa: N818 - it is the client's
    """A request that gets a status and no more."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class Request:
    """One head."""

    method: str
    target: str
    version: str
    headers: Sequence[tuple[bytes, bytes]]
    fault: str

    def all(self, name: str) -> list[str]:
        return [value.decode("latin-1") for key, value in self.headers if key.lower() == name.encode()]

    def has(self, name: str) -> bool:
        return bool(self.all(name))

    def value(self, name: str) -> str:
        return self.all(name)[0]

    @property
    def closes(self) -> bool:
        if self.version == "1.0":
            return True
        return "close" in ",".join(self.all("connection")).lower() and self.fault != "stays-open"

    @property
    def expects(self) -> bool:
        return "100-continue" in self.all("expect")

    def scope_headers(self, fault: str) -> Sequence[tuple[bytes, bytes]]:
        if fault == "upper-case":
            return [(name.title() if name.startswith(b"X-") else name.lower(), value) for name, value in self.headers]
        headers = [(name.lower(), value) for name, value in self.headers]
        if fault == "utf-8-values":
            return [(name, value.decode(errors="replace").encode()) for name, value in headers]
        return list(dict(headers).items()) if fault == "last-of-two-headers" else headers


def parsed(head: bytes, options: Options) -> Request:
    """Raises Refused."""
    fault = options.fault
    if fault == "colon-after-space":
        head = head.replace(b" :", b":")
    first, *lines = head[:-4].split(b"\r\n")
    line = re.fullmatch(rb"(%b) ([!-~]+) HTTP/(1\.[01])" % TOKEN, first)
    if not line:
        raise Refused(404 if fault == "error-not-400" else 400)
    if len(lines) > MOST_HEADERS:
        raise Refused(431)
    headers: list[tuple[bytes, bytes]] = []
    for text in lines:
        if text.startswith((b" ", b"\t")) and headers and fault == "folded-value":
            headers[-1] = (headers[-1][0], headers[-1][1] + b"\r\n" + text)
            continue
        field = re.fullmatch(rb"(%b):[ \t]*(.*?)[ \t]*" % TOKEN, text, re.DOTALL)
        if not field or re.search(rb"[\r\n\0]", field[2].replace(b"\0", b"") if fault == "nul-in-value" else field[2]):
            raise Refused(400)
        headers.append((field[1], field[2]))
    method, target, version = (part.decode("latin-1") for part in line.groups())
    if "://" in target and fault == "whole-address-refused":
        raise Refused(400)
    request = Request(method, target, version, headers, fault)
    hosts = len(request.all("host"))
    if (hosts > 1 and fault != "two-hosts") or (hosts == 0 and version == "1.1" and fault != "no-host"):
        raise Refused(400)
    return request


def body_framing(request: Request, options: Options) -> tuple[int, bool]:
    """The length of the body, or whether it comes in chunks. Raises Refused."""
    codings, lengths = request.all("transfer-encoding"), request.all("content-length")
    if codings:
        if codings != ["chunked"] and options.fault != "unknown-coding":
            raise Refused(501)
        return 0, True
    if options.fault == "first-of-two-lengths":
        lengths = [lengths[0].split(",")[0]] if lengths else []
    pattern = r"[+]?[0-9]{1,12}x?" if options.fault == "lenient-length" else r"[0-9]{1,12}"
    if len(set(lengths)) > 1 or not all(re.fullmatch(pattern, length) for length in lengths):
        raise Refused(400)
    lengths = [length.strip("x") for length in lengths]
    return int(lengths[0]) if lengths else 0, False
