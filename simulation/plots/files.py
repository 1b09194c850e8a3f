"""Figures as files: SVG from the chart, PNG from that SVG, each moved into place whole."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from pathlib import Path

import altair as alt
import pandas as pd
import vl_convert
from altair.utils.schemapi import debug_mode

from simulation.plots.challengers import acts, threats
from simulation.plots.context import Context
from simulation.plots.cooperation import fan, rungs
from simulation.plots.look import AnyChart
from simulation.plots.network import network

SCALE = 2.0  # of the PNG, against the pixels of the SVG
SIGNATURE, PIXELS = b"\x89PNG\r\n\x1a\n", b"IDAT"
PACKING = 6  # of zlib
GRAMMAR = alt.SCHEMA_VERSION.removeprefix("v").rpartition(".")[0]  # the Vega-Lite that Altair speaks


def save(chart: AnyChart, folder: Path, name: str) -> list[Path]:
    """Write name.svg and name.png into a folder; their paths. OSError where the disk refuses."""
    folder.mkdir(parents=True, exist_ok=True)
    svg = vl_convert.vegalite_to_svg(chart.to_dict(validate=False), vl_version=GRAMMAR)
    return [
        _write(folder / f"{name}.svg", svg.encode()),
        _write(folder / f"{name}.png", packed(bytes(vl_convert.svg_to_png(svg, scale=SCALE)))),
    ]


def draw_all(bands: pd.DataFrame, context: Context, folder: Path) -> list[Path]:
    """Draw every figure that the bands can fill; the paths of the files.

    What charts are made of is checked against their schema by tests: here that would take as long again.
    """
    drawn: list[Path] = []
    figures: dict[str, Callable[[pd.DataFrame, Context], AnyChart]] = {
        "cooperation": fan,
        "rungs": rungs,
        "threat": threats,
        "acts": acts,
        "network": network,
    }
    for name, figure in figures.items():
        try:
            with debug_mode(False):
                chart = figure(bands, context)
        except LookupError:  # a world or scenario without challengers has nothing to draw there
            continue
        drawn += save(chart, folder, name)
    return drawn


def packed(png: bytes) -> bytes:
    """The same picture in a third of the bytes: the converter hardly compresses its pixels."""
    chunks, at = [], len(SIGNATURE)
    while at < len(png):
        end = at + 12 + int.from_bytes(png[at : at + 4], "big")  # length, kind, content, checksum
        chunks.append((png[at + 4 : at + 8], png[at + 8 : end - 4]))
        at = end
    pixels = zlib.decompress(b"".join(content for kind, content in chunks if kind == PIXELS))
    rest = [(kind, content) for kind, content in chunks if kind != PIXELS]
    whole = [*rest[:-1], (PIXELS, zlib.compress(pixels, PACKING)), rest[-1]]
    return SIGNATURE + b"".join(
        len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")
        for kind, content in whole
    )


def _write(path: Path, content: bytes) -> Path:
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    beside.write_bytes(content)
    return beside.replace(path)
