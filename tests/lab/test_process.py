"""Ports for servers that are about to start."""

import itertools
import socket

import pytest

from scripts.lab import process
from scripts.lab.process import free_port

CLIENTS = 32_768  # the first port that Linux gives to clients by default: ip_local_port_range in ip-sysctl


def test_no_client_and_no_other_server_takes_a_port_meanwhile() -> None:
    ports = [free_port() for _ in range(200)]
    assert len(set(ports)) == len(ports)
    assert max(ports) < CLIENTS


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_a_port_in_use_is_passed_over(kind: socket.SocketKind, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, other = free_port(), free_port()
    with socket.socket(type=kind) as user:
        user.bind(("127.0.0.1", taken))
        monkeypatch.setattr(process, "_PORTS", itertools.cycle([taken, other]))
        assert free_port() == other


def test_where_every_port_is_in_use_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = free_port()
    with socket.socket() as user:
        user.bind(("127.0.0.1", taken))
        monkeypatch.setattr(process, "_PORTS", itertools.cycle([taken]))
        with pytest.raises(OSError, match="End programs that listen there"):
            free_port()
