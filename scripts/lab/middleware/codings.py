"""Decodes what a middleware compressed, as far as it can be decoded yet.

The standard library knows gzip; for the others, the library serves with which the middleware itself compresses.
"""

import importlib
import zlib
from typing import Any

from scripts.lab.plan import Undecided

_LIBRARIES = {"br": ("brotli", "brotlicffi"), "zstd": ("zstandard", "compression.zstd", "backports.zstd", "cramjam")}


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
    if library.__name__ == "cramjam":
        decoder = library.zstd.Decompressor()
        decoder.decompress(data)
        return bytes(decoder.flush())
    return bytes(library.ZstdDecompressor().decompress(data))


def _library(coding: str) -> Any:
    for name in _LIBRARIES[coding]:
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    raise Undecided(f"The environment has no decoder of {coding}.")
