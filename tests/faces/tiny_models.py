"""ONNX files of the form of YuNet and SFace, some kilobytes each, that find and tell apart blocks of colour.

The "detector" measures how colourful the squares of 80 pixels around every 32nd pixel are; the
"recogniser" takes the mean colour of an aligned face. They see what fake_engine's people look like.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from PIL import Image, ImageDraw

from tests.faces.fake_engine import GREY, PEOPLE, SIDE

STRIDE = 32
_POINTS = ((0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8))
# Between blocks: the middle of each lies on the middle of a cell of the detector.
_APART = 5 * STRIDE
_FIRST = 2 * STRIDE + STRIDE // 2


def blocks(*people: str, light: int = 200) -> NDArray[np.uint8]:
    """A grey picture (160, 640, 3) with one block a person, where the tiny detector looks."""
    image = Image.new("RGB", (640, 160), GREY)
    draw = ImageDraw.Draw(image)
    for at, person in enumerate(people):
        left, top = _FIRST + at * _APART - SIDE // 2, _FIRST - SIDE // 2
        colour = tuple(light * part for part in PEOPLE[person])
        draw.rectangle((left, top, left + SIDE - 1, top + SIDE - 1), fill=colour)
        for x, y in _POINTS:
            # Green is as bright as the grey around it: without these it would look blurred.
            dot = (left + int(x * SIDE), top + int(y * SIDE))
            draw.rectangle((*dot, dot[0] + 3, dot[1] + 3), fill=(0, 0, 0))
    return np.asarray(image)


def write_detector(path: Path) -> None:
    """As YuNet: for strides 8, 16 and 32 a class, an object, a box and five points of each cell."""
    margin = (SIDE - STRIDE) // 2
    nodes = [
        helper.make_node("ReduceMax", ["input"], ["most"], axes=[1], keepdims=1),
        helper.make_node("ReduceMin", ["input"], ["least"], axes=[1], keepdims=1),
        helper.make_node("Sub", ["most", "least"], ["colour"]),
    ]
    box = [0.5, 0.5, np.log(SIDE / STRIDE), np.log(SIDE / STRIDE)]
    points = [(part - 0.5) * SIDE / STRIDE + 0.5 for point in _POINTS for part in point]
    weights: dict[str, NDArray[Any]] = {
        "column": np.array([1, -1, 1], np.int64),
        "none": np.array(0, np.float32),
        "all": np.array(1, np.float32),
        "box": np.array(box, np.float32).reshape(1, 1, 4),
        "points": np.array(points, np.float32).reshape(1, 1, 10),
    }
    for stride in (8, 16, STRIDE):
        # Only the widest cells find anything.
        pads = [margin] * 4 if stride == STRIDE else [0] * 4
        kernel = SIDE if stride == STRIDE else stride
        weights[f"share_{stride}"] = np.array(1 / 150 if stride == STRIDE else 0, np.float32)
        nodes += [
            helper.make_node(
                "AveragePool",
                ["colour"],
                [f"mean_{stride}"],
                kernel_shape=[kernel, kernel],
                strides=[stride, stride],
                pads=pads,
                count_include_pad=1,
            ),
            helper.make_node("Mul", [f"mean_{stride}", f"share_{stride}"], [f"much_{stride}"]),
            helper.make_node("Clip", [f"much_{stride}", "none", "all"], [f"sure_{stride}"]),
            helper.make_node("Reshape", [f"sure_{stride}", "column"], [f"cls_{stride}"]),
            helper.make_node("Identity", [f"cls_{stride}"], [f"obj_{stride}"]),
            helper.make_node("Mul", [f"cls_{stride}", "none"], [f"zero_{stride}"]),
            helper.make_node("Add", [f"zero_{stride}", "box"], [f"bbox_{stride}"]),
            helper.make_node("Add", [f"zero_{stride}", "points"], [f"kps_{stride}"]),
        ]
    outputs: dict[str, list[int | str]] = {
        f"{kind}_{stride}": [1, f"cells_{stride}", wide]
        for kind, wide in (("cls", 1), ("obj", 1), ("bbox", 4), ("kps", 10))
        for stride in (8, 16, STRIDE)
    }
    _save(path, nodes, weights, "input", [1, 3, "height", "width"], outputs)


def write_recogniser(path: Path, dimensions: int = 128) -> None:
    """As SFace: an aligned face of 112 pixels → as many numbers."""
    spread, _ = np.linalg.qr(np.random.default_rng(1).standard_normal((dimensions, 3)))
    nodes = [
        helper.make_node("Sub", ["data", "grey"], ["colour"]),
        helper.make_node("GlobalAveragePool", ["colour"], ["mean"]),
        helper.make_node("Reshape", ["mean", "row"], ["three"]),
        helper.make_node("MatMul", ["three", "spread"], ["fc1"]),
    ]
    weights: dict[str, NDArray[Any]] = {
        "grey": np.array(128, np.float32),
        "row": np.array([1, 3], np.int64),
        "spread": np.ascontiguousarray(spread.T, np.float32),
    }
    _save(path, nodes, weights, "data", [1, 3, 112, 112], {"fc1": [1, dimensions]})


def _save(
    path: Path,
    nodes: list[onnx.NodeProto],
    weights: dict[str, NDArray[Any]],
    name: str,
    shape: list[int | str],
    outputs: dict[str, list[int | str]],
) -> None:
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)],
        [
            helper.make_tensor_value_info(one, TensorProto.FLOAT, wide)
            for one, wide in outputs.items()
        ],
        [numpy_helper.from_array(value, key) for key, value in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 12)], ir_version=8)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
