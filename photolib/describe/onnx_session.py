"""Opens ONNX files for the adapters of describe. The only user of ONNX Runtime here."""

from typing import TYPE_CHECKING

from photolib.core.model_files import ModelFile, find_model

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Network:
    """A network with one input and one output, on one thread, which never waits spinning."""

    def __init__(self, model: ModelFile) -> None:
        """Raises ModelMissing if the file is not the one that was tested."""
        # Not above: a web process that only lists the steps need not open the native library.
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # One thread a worker: two workers do more than one worker with two threads (docs/models.md).
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(find_model(model)), sess_options=options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name

    def run(self, batch: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """The output for a batch of the shape that the file asks for."""
        result: NDArray[np.float32] = self._session.run(None, {self._input: batch})[0]
        return result
