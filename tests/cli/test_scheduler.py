"""Who computes a sweep: what `--scheduler` takes, and how it is refused."""

import socket
from pathlib import Path

import pytest

from tests.cli.conftest import Entente

SWEEP = """\
format: 1
title: One
scenario: baseline
design: grid
vary:
  threats.PRK: [calm, high]
"""


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1:8786", "http://a:1", "tcp://a", "tcp://a:0", "tcp://a:65536", "tcp://a:1/x", "tcp://[::1:1"],
)
def test_an_address_that_is_none(entente: Entente, address: str) -> None:
    ended = entente("resume", "nowhere", "--scheduler", address)
    assert ended.code == 2
    assert ended.err == (
        f'--scheduler: "{address}" is no address\n  write tcp://HOST:PORT, such as tcp://127.0.0.1:8786\n'
    )


def test_every_fault_of_who_computes_is_said_at_once(
    entente: Entente, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulation.cli.usage.find_spec", lambda name: None)
    ended = entente("sweep", "nowhere.yaml", "--scheduler", "a:1", "--threads", "2")
    assert ended.code == 2
    assert '--scheduler: "a:1" is no address' in ended.err
    assert "--scheduler wants dask.distributed, which is not installed" in ended.err
    assert "pip install 'entente-sim[cluster]'" in ended.err
    assert "--threads are those of this machine, and with --scheduler others compute" in ended.err


def test_a_scheduler_that_does_not_answer_leaves_nothing_behind(
    entente: Entente, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("simulation.results.cluster.PATIENCE", 0.3)
    with socket.socket() as mute:  # it takes calls, and says nothing
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        address = f"tcp://127.0.0.1:{mute.getsockname()[1]}"
        (tmp_path / "one.yaml").write_text(SWEEP)
        ended = entente("sweep", "one.yaml", "--runs", 2, "--scheduler", address)
    assert ended.code == 2
    assert ended.err.startswith(f"no dask scheduler answers at {address} within 0.3 s\n  start one with")
    assert not (tmp_path / "results").exists()
