"""Opens ONNX files for the adapters of describe. The only user of ONNX Runtime here."""

from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any, Self

from photolib.core.model_files import ModelFile, find_model

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

# What an input may be made of, as ONNX Runtime says it, and as NumPy does.
_KINDS = {
    "tensor(float)": "float32",
    "tensor(float16)": "float16",
    "tensor(int64)": "int64",
    "tensor(int32)": "int32",
    "tensor(bool)": "bool",
}


class NetworkFailed(Exception):
    """ONNX Runtime cannot open a file, or cannot run it; the text is the library's own."""


class Network:
    """A network with one input and one output, on one thread, which never waits spinning."""

    def __init__(self, model: ModelFile) -> None:
        """Raises ModelMissing if the file is not the one that was tested."""
        self._session = _open(find_model(model))
        self._input = self._session.get_inputs()[0].name

    def run(self, batch: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """The output for a batch of the shape that the file asks for."""
        result: NDArray[np.float32] = self._session.run(None, {self._input: batch})[0]
        return result


@dataclass(frozen=True, slots=True)
class Input:
    """What a network wants. kind: NumPy's name of its numbers. shape: 0 or a word where any size will do."""

    kind: str
    shape: tuple[int | str, ...]


class NamedNetwork:
    """A network with several inputs and outputs, from a file that its caller has checked.

    On one thread, as Network is. No library of operators of anybody's own is ever registered.
    """

    def __init__(self, path: Path) -> None:
        """Raises NetworkFailed for what is no ONNX file, or one with operators that are not known here."""
        try:
            self._session = _open(path)
        except MemoryError:
            raise
        except Exception as error:
            # The library's errors have no common class but this one.
            raise NetworkFailed(str(error)) from error
        self.inputs = {
            one.name: Input(_kind_of(one.type), tuple(size or 0 for size in one.shape))
            for one in self._session.get_inputs()
        }
        self.outputs = tuple(one.name for one in self._session.get_outputs())

    def run(
        self, feeds: "Mapping[str, ArrayLike]", wanted: list[str], limit: "TimeLimit"
    ) -> "dict[str, NDArray[Any]]":
        """The wanted outputs by their names. feeds become of the kind that each input asks for.

        Raises NetworkFailed, also when `limit` ended it in the middle.
        """
        import numpy as np

        made = {name: np.asarray(fed, self.inputs[name].kind) for name, fed in feeds.items()}
        try:
            found = self._session.run(wanted, made, limit.options)
        except MemoryError:
            raise
        except Exception as error:
            raise NetworkFailed(str(error)) from error
        return dict(zip(wanted, found, strict=True))


class TimeLimit:
    """Ends the runs that it is given to, also one that is under way, when its time is over."""

    def __init__(self, seconds: float) -> None:
        import onnxruntime

        self.options = onnxruntime.RunOptions()
        self.is_over = False
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.is_over = True
        self.options.terminate = True


def _open(path: Path) -> Any:
    # Not above: a web process that only lists the steps need not open the native library.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread a worker: two workers do more than one worker with two threads (docs/models.md).
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path), sess_options=options, providers=["CPUExecutionProvider"]
    )


def _kind_of(type_: str) -> str:
    if type_ not in _KINDS:
        raise NetworkFailed(f"An input of the kind {type_} is not known here.")
    return _KINDS[type_]
