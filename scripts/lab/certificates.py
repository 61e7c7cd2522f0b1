"""An authority of one run and the certificate that servers show: for 127.0.0.1 and localhost, its key as PKCS #8."""

import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import trustme
from cryptography.hazmat.primitives import serialization


@dataclass(frozen=True, slots=True)
class Certificates:
    chain: Path
    key: Path
    authority: Path

    def client(self, protocols: Sequence[str]) -> ssl.SSLContext:
        """A context of a client that trusts this authority, and offers these protocols by ALPN."""
        context = ssl.create_default_context(cafile=str(self.authority))
        context.check_hostname = False  # the name of a loopback address is no question here
        if protocols:
            context.set_alpn_protocols([*protocols])
        return context


def make_certificates(folder: Path) -> Certificates:
    """Writes them below a folder that exists."""
    authority = trustme.CA()
    leaf = authority.issue_cert("localhost", "127.0.0.1")
    made = Certificates(folder / "chain.pem", folder / "key.pem", folder / "authority.pem")
    made.chain.write_bytes(b"".join(part.bytes() for part in leaf.cert_chain_pems))
    key = serialization.load_pem_private_key(leaf.private_key_pem.bytes(), None)
    made.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )  # granian reads no other form
    )
    made.authority.write_bytes(authority.cert_pem.bytes())
    return made
