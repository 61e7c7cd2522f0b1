"""Decodes what a middleware compressed, as far as it can be decoded yet.

The standard library knows gzip; for the others, the library serves with which the middleware itself compresses.
"""

import importlib
import importlib.util
import zlib
from typing import Any

from scripts.lab.plan import Undecided

_LIBRARIES = {"br": ("brotli", "brotlicffi"), "zstd": ("zstandard", "compression.zstd", "backports.zstd")}


def decodable() -> list[str]:
    """The codings that can be decoded here, those first that a client would rather have."""
    found = [coding for coding, names in _LIBRARIES.items() if any(map(_there, names))]
    return [*found, "gzip"]


def _there(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # the package above it is not there
        return False


def decoded(coding: str, data: bytes) -> bytes:
    """All that these bytes say so far. Raises Undecided where the environment has no decoder."""
    if not data:
        return b""
    if coding == "gzip":
        return zlib.decompressobj(wbits=31).decompress(data)
    library = _library(coding)
    if coding == "br":
        decoder = library.Decompressor()
        decode = getattr(decoder, "process", None) or decoder.decompress
        return bytes(decode(data))
    return _zstd(library, data)


def _zstd(library: Any, data: bytes) -> bytes:
    if library.__name__ == "zstandard":
        return bytes(library.ZstdDecompressor().decompressobj().decompress(data))
    return bytes(library.ZstdDecompressor().decompress(data))


def _library(coding: str) -> Any:
    name = next(filter(_there, _LIBRARIES[coding]), None)
    if name is None:
        raise Undecided(f"The environment has no decoder of {coding}.")
    return importlib.import_module(name)
