"""Pipeline and bare loop in turns, with the same photos, processes and threads; their ratio."""

import json
import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from tempfile import TemporaryDirectory

from photolib.bench.photos import write_photos
from photolib.bench.processes import environment_of, run_manage, start_manage


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds a photo, all processes together, in one round."""

    pipeline: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.pipeline / self.bare


def run_contest(*, photos: int, processes: int, rounds: int) -> list[Round]:
    """Measure `rounds` times, each side once a round, the first to go taking turns."""
    with TemporaryDirectory(prefix="photolib-bench-") as name:
        room = Path(name)
        files = write_photos(room / "photos", photos)
        results = []
        for number in range(rounds):
            sides = [_time_pipeline, _time_bare]
            if number % 2:
                sides.reverse()
            seconds = {
                side: side(room / f"round-{number}", files, processes) / photos for side in sides
            }
            results.append(Round(seconds[_time_pipeline], seconds[_time_bare]))
        return results


def median_ratio(rounds: list[Round]) -> float:
    return statistics.median(one.ratio for one in rounds)


def _time_pipeline(room: Path, files: list[Path], processes: int) -> float:
    environment = environment_of(room)
    run_manage(["migrate", "--verbosity", "0"], environment)
    run_manage(["bench", "--part", "prepare", "--files", str(files[0].parent)], environment)
    took = _race([["bench", "--part", "pipeline"]] * processes, environment)
    done = json.loads(run_manage(["bench", "--part", "done"], environment).splitlines()[-1])
    if done["photos"] != len(files) or done["steps_done"] != done["steps_expected"]:
        raise RuntimeError(f"The pipeline did not finish its work: {done}")
    return took


def _time_bare(room: Path, files: list[Path], processes: int) -> float:
    shares = [files[number::processes] for number in range(processes)]
    calls = [
        ["bench", "--part", "bare", "--out", str(room / "bare"), "--files", *map(str, share)]
        for share in shares
    ]
    return _race(calls, {})


def _race(calls: list[list[str]], environment: dict[str, str]) -> float:
    """Start all, wait until each is ready, give the word to all, and take the time until the last."""
    runners = [start_manage(call, environment) for call in calls]
    try:
        for runner in runners:
            _read_until(runner, "ready")
        began = time.monotonic()
        for runner in runners:
            assert runner.stdin is not None  # noqa: S101  opened as a pipe above
            runner.stdin.write("go\n")
            runner.stdin.flush()
        ends = [float(_read_until(runner, "ended").split()[1]) for runner in runners]
        return max(ends) - began
    finally:
        for runner in runners:
            runner.communicate()


def _read_until(runner: Popen[str], word: str) -> str:
    assert runner.stdout is not None  # noqa: S101  opened as a pipe above
    for line in runner.stdout:
        if line.startswith(word):
            return str(line)
    raise RuntimeError(f"A process of the benchmark ended early (exit code {runner.wait()}).")
