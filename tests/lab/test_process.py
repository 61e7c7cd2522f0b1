"""Ports for servers that are about to start."""

import itertools
import socket
from pathlib import Path

import pytest

from scripts.lab import process
from scripts.lab.process import free_port

CLIENTS = Path("/proc/sys/net/ipv4/ip_local_port_range")


def test_no_client_and_no_other_server_takes_a_port_meanwhile() -> None:
    ports = [free_port() for _ in range(200)]
    assert len(set(ports)) == len(ports)
    assert max(ports) < int(CLIENTS.read_text(encoding="ascii").split()[0])


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_a_port_in_use_is_passed_over(kind: socket.SocketKind, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, other = free_port(), free_port()
    with socket.socket(type=kind) as user:
        user.bind(("127.0.0.1", taken))
        monkeypatch.setattr(process, "_PORTS", itertools.cycle([taken, other]))
        assert free_port() == other
