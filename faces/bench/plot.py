"""Time and memory over the size of the library, on logarithmic axes, as a small PNG."""

import logging
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

# Name, colour (told apart also without colours: Okabe and Ito 2008), marker.
_SERIES = {
    "ours": ("photolib", "#0072B2", "o"),
    "librephotos": ("HDBSCAN, as LibrePhotos", "#D55E00", "s"),
    "photoprism": ("DBSCAN, as PhotoPrism", "#009E73", "^"),
}


def draw(runs: Sequence[Mapping[str, Any]], file: Path) -> None:
    """runs: what faces.bench.grouping.run_rule found, each with `rule` and `faces`."""
    logging.getLogger("matplotlib").setLevel(logging.WARNING)  # it tells when it looks for fonts
    matplotlib = import_module("matplotlib")
    matplotlib.use("Agg")
    pyplot = import_module("matplotlib.pyplot")
    figure, axes = pyplot.subplots(1, 2, figsize=(9, 3.6), dpi=100, layout="constrained")
    for axis, key, title, unit, least in (
        (axes[0], "seconds", "Time to group all faces (seconds)", 1, 0.01),
        (axes[1], "peak_bytes", "Memory at its peak (megabytes)", 1e6, 100),
    ):
        for rule, (label, colour, marker) in _SERIES.items():
            points = sorted((run["faces"], run[key] / unit) for run in runs if _is(run, rule))
            if points:
                axis.plot(*zip(*points, strict=True), color=colour, marker=marker, label=label)
        axis.set(xscale="log", yscale="log", xlabel="faces", title=title)
        axis.set_ylim(bottom=least)
        axis.xaxis.set_major_formatter("{x:,.0f}")
        axis.yaxis.set_major_formatter("{x:,g}")
        axis.yaxis.set_minor_formatter("")
        axis.grid(visible=True, which="major", color="#cccccc")
    axes[0].legend()
    figure.savefig(file, metadata={"Software": None})
    pyplot.close(figure)


def _is(run: Mapping[str, Any], rule: str) -> bool:
    return run["rule"] == rule and "seconds" in run
