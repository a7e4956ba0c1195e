"""The four networks of the tiny Florence: sums, distances and tables instead of anything that was learnt."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from tests.describe.sentences import tiny_words as words

LAYERS, HEADS = 2, 2
HEIGHT, WIDTH = 8, 12
VOCABULARY = len(words.PIECES)
# A dimension for each token, three for each half of the picture, and one more where that is odd.
SIZE = VOCABULARY + 6 + VOCABULARY % 2
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
_FLOAT, _WHOLE, _BOOL = TensorProto.FLOAT, TensorProto.INT64, TensorProto.BOOL
_CACHE = [
    f"{layer}.{side}.{part}"
    for layer in range(LAYERS)
    for side in ("decoder", "encoder")
    for part in ("key", "value")
]
_CACHE_SHAPE = ("batch", HEADS, "past", SIZE // HEADS)


@dataclass(frozen=True)
class Form:
    """merged, suffix, half: as exports differ. nan: its scores are no numbers. slow: it looks for ever."""

    merged: bool = True
    suffix: str = ""
    half: bool = False
    nan: bool = False
    slow: bool = False


def networks_of(form: Form) -> dict[str, Any]:
    """The four by the names of their files."""
    return {
        "vision_encoder": _vision(form),
        "embed_tokens": _embedding(form),
        "encoder_model": _encoder(form),
        "decoder_model_merged" if form.merged else "decoder_model": _decoder(form),
    }


class _Graph:
    """A graph that grows node by node."""

    def __init__(self, form: Form, prefix: str = "") -> None:
        self._kind = TensorProto.FLOAT16 if form.half else _FLOAT
        self._prefix = prefix
        self.nodes: list[Any] = []
        self.weights: list[Any] = []
        self.inputs: list[Any] = []
        self.outputs: list[Any] = []

    def do(self, operator: str, *inputs: str, to_name: str = "", **attributes: Any) -> str:
        name = to_name or f"{self._prefix}node{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], **attributes))
        return name

    def constant(self, value: Any, dtype: type = np.float32) -> str:
        name = f"{self._prefix}weight{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(value, dtype), name))
        return name

    def fed(self, name: str, *shape: int | str, kind: int = 0) -> str:
        """An input. Where no kind is said, it comes as the form has it, and goes on with 32 bits."""
        self.inputs.append(helper.make_tensor_value_info(name, kind or self._kind, shape))
        return name if kind else self.do("Cast", name, to=_FLOAT)

    def give(self, value: str, name: str, *shape: int | str) -> None:
        self.outputs.append(helper.make_tensor_value_info(name, self._kind, shape))
        self.do("Cast", value, to_name=name, to=self._kind)

    def plus(self, *values: str) -> str:
        total = values[0]
        for value in values[1:]:
            total = self.do("Add", total, value)
        return total

    def near(self, value: str, rows: str, axis: int, softness: float) -> str:
        """1 where value is the row, down to 0 as it is further from it."""
        apart = self.do("Abs", self.do("Sub", value, rows))
        apart = self.do("ReduceSum", apart, self.constant([axis], np.int64), keepdims=0)
        soft = self.do("Mul", apart, self.constant(softness))
        return self.do("Relu", self.do("Sub", self.constant(1), soft))

    def as_branch(self, outputs: list[str]) -> Any:
        """As one side of an If."""
        made = [helper.make_tensor_value_info(name, _FLOAT, None) for name in outputs]
        return helper.make_graph(self.nodes, "branch", [], made, self.weights)

    def model(self) -> Any:
        graph = helper.make_graph(self.nodes, "tiny", self.inputs, self.outputs, self.weights)
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
        made.ir_version = 9
        onnx.checker.check_model(made)
        return made


def _vision(form: Form) -> Any:
    """The mean colour of the left and of the right half, each as one token."""
    graph = _Graph(form)
    pixels = graph.fed("pixel_values", "batch", 3, HEIGHT, WIDTH)
    if form.slow:
        pixels = _for_ever(graph, pixels)
    halves = []
    for half in range(2):
        edges = [graph.constant([at * WIDTH // 2], np.int64) for at in (half, half + 1)]
        part = graph.do("Slice", pixels, *edges, graph.constant([3], np.int64))
        mean = graph.do("ReduceMean", part, axes=[2, 3], keepdims=0)
        spread = np.zeros((3, SIZE))
        spread[range(3), range(VOCABULARY + 3 * half, VOCABULARY + 3 * half + 3)] = 1
        token = graph.do("MatMul", mean, graph.constant(spread))
        halves.append(graph.do("Unsqueeze", token, graph.constant([1], np.int64)))
    graph.give(graph.do("Concat", *halves, axis=1), "image_features", "batch", 2, SIZE)
    return graph.model()


def _for_ever(graph: _Graph, value: str) -> str:
    """The value, after more rounds of a loop than there is time for."""
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["go"], ["go_on"]),
            helper.make_node("Neg", ["state"], ["next"]),
        ],
        "body",
        [
            helper.make_tensor_value_info("round", _WHOLE, []),
            helper.make_tensor_value_info("go", _BOOL, []),
            helper.make_tensor_value_info("state", _FLOAT, None),
        ],
        [
            helper.make_tensor_value_info("go_on", _BOOL, []),
            helper.make_tensor_value_info("next", _FLOAT, None),
        ],
    )
    rounds, yes = graph.constant(10**12, np.int64), graph.constant(True, np.bool_)
    return graph.do("Loop", rounds, yes, value, body=body)


def _embedding(form: Form) -> Any:
    graph = _Graph(form)
    ids = graph.fed("input_ids", "batch", "length", kind=_WHOLE)
    table = graph.constant(np.eye(VOCABULARY, SIZE))
    graph.give(graph.do("Gather", table, ids), "inputs_embeds", "batch", "length", SIZE)
    return graph.model()


def _encoder(form: Form) -> Any:
    """Each token times its place, from 1: a sum of them tells the order."""
    graph = _Graph(form)
    embedded = graph.fed("inputs_embeds", "batch", "length", SIZE)
    mask = graph.do("Cast", graph.fed("attention_mask", "batch", "length", kind=_WHOLE), to=_FLOAT)
    place = graph.do("CumSum", mask, graph.constant(1, np.int64))
    weight = graph.do("Unsqueeze", place, graph.constant([2], np.int64))
    graph.give(graph.do("Mul", embedded, weight), "last_hidden_state", "batch", "length", SIZE)
    return graph.model()


def _decoder(form: Form) -> Any:
    """Scores from a table: the row whose whole history was written, of the answer that was asked for."""
    graph = _Graph(form)
    mask = graph.do(
        "Cast", graph.fed("encoder_attention_mask", "batch", "seen", kind=_WHOLE), to=_FLOAT
    )
    states = graph.fed("encoder_hidden_states", "batch", "seen", SIZE)
    new = _in_heads(graph, graph.fed("inputs_embeds", "batch", "length", SIZE))
    seen = graph.do("Mul", states, graph.do("Unsqueeze", mask, graph.constant([2], np.int64)))
    total = graph.do("ReduceSum", seen, graph.constant([1], np.int64), keepdims=1)
    told = _in_heads(graph, total)
    written = [new]
    if form.merged:
        told, written = _through_cache(graph, new, told)
    scores = _scores(graph, written, told, graph.do("Shape", new, start=2, end=3), nan=form.nan)
    graph.give(scores, "logits", "batch", "length", VOCABULARY)
    return graph.model()


def _through_cache(graph: _Graph, new: str, told: str) -> tuple[str, list[str]]:
    """What the encoder said and what was written: from the cache, or, the first time, from the inputs."""
    use = graph.fed("use_cache_branch", 1, kind=_BOOL)
    past = {name: graph.fed(f"past_key_values.{name}", *_CACHE_SHAPE) for name in _CACHE}
    outputs = [f"kept.{name}" for name in _CACHE] + ["told"]
    branches = {
        "then_branch": _with_past(past, new),
        "else_branch": _without_past(new, told),
    }
    graph.nodes.append(helper.make_node("If", [use], outputs, **branches))
    for name in _CACHE:
        graph.give(f"kept.{name}", f"present.{name}", *_CACHE_SHAPE)
    return "told", [f"kept.{name}" for name in _CACHE if ".decoder." in name]


def _with_past(past: dict[str, str], new: str) -> Any:
    """As Optimum's export: of the encoder nothing is handed on, so the caller has to keep it."""
    branch = _Graph(Form(), "then_")
    nothing = branch.constant(np.zeros((0, 1, 1, 1)))
    kept = [
        branch.do("Concat", past[name], new, axis=2)
        if ".decoder." in name
        else branch.do("Identity", nothing)
        for name in _CACHE
    ]
    told = [past[name] for name in _CACHE if ".encoder." in name]
    mean = branch.do("Mul", branch.plus(*told), branch.constant(1 / len(told)))
    return branch.as_branch([*kept, mean])


def _without_past(new: str, told: str) -> Any:
    branch = _Graph(Form(), "else_")
    kept = [branch.do("Identity", new if ".decoder." in name else told) for name in _CACHE]
    return branch.as_branch([*kept, branch.do("Identity", told)])


def _scores(graph: _Graph, written: list[str], told: str, count: str, *, nan: bool) -> str:
    """(1, count, VOCABULARY), for the last `count` of what was written."""
    table = _Table.of_all_answers()
    share = graph.constant(1 / len(written))
    history = _whole(graph, graph.do("Mul", graph.plus(*written), share))
    ones = graph.do("Add", graph.do("Mul", history, graph.constant(0)), graph.constant(1))
    place = graph.do("CumSum", ones, graph.constant(1, np.int64))
    so_far = graph.do("CumSum", graph.do("Mul", history, place), graph.constant(1, np.int64))
    ends = graph.constant([np.iinfo(np.int64).max], np.int64)
    last = graph.do("Slice", so_far, graph.do("Neg", count), ends, graph.constant([1], np.int64))
    row = graph.do("Unsqueeze", last, graph.constant([2], np.int64))
    fits = graph.near(row, graph.constant(table.histories), axis=3, softness=1)
    # JPEG makes colours a little different; a wrong normalising makes them far different.
    asked = graph.near(_whole(graph, told), graph.constant(table.asked), axis=2, softness=0.4)
    answer = graph.do("MatMul", asked, graph.constant(table.answer_of_row))
    likely = graph.do("MatMul", graph.do("Mul", fits, answer), graph.constant(table.scores))
    scores = graph.do("Add", likely, graph.constant(_babble()))
    return graph.do("Mul", scores, graph.constant(np.nan)) if nan else scores


@dataclass(frozen=True)
class _Table:
    """asked: (answers, SIZE), the sum of the encoder's states. histories: (rows, SIZE), the sum of the tokens
    so far, each times its place. scores: (rows, VOCABULARY). answer_of_row: (answers, rows), 0 or 1."""

    asked: NDArray[Any]
    histories: NDArray[Any]
    scores: NDArray[Any]
    answer_of_row: NDArray[Any]

    @classmethod
    def of_all_answers(cls) -> "_Table":
        asked, histories, scores, owners = [], [], [], []
        for sides, texts in words.ANSWERS.items():
            for prompt, text in zip((words.SHORT, words.LONG), texts, strict=True):
                asked.append(_asked(sides, prompt))
                for history, score in _rows(text.split()):
                    histories.append(history)
                    scores.append(score)
                    owners.append(len(asked) - 1)
        belongs = np.arange(len(asked))[:, np.newaxis] == np.array(owners)
        return cls(np.array(asked), np.array(histories), np.array(scores), belongs)


def _asked(sides: Iterable[words.Colour], prompt: list[str]) -> NDArray[Any]:
    left, right = ((np.array(colour) / 255 - MEAN) / STD for colour in sides)
    total = np.zeros(SIZE)
    total[VOCABULARY : VOCABULARY + 6] = [*left, *(2 * right)]
    tokens = [words.START, *(words.ID[piece] for piece in prompt), words.END]
    for place, token in enumerate(tokens, start=3):
        total[token] += place
    return total


def _rows(pieces: list[str]) -> Iterable[tuple[NDArray[Any], NDArray[Any]]]:
    """What was written, and what it likes to write next, token by token."""
    # First of all it would like to write "?", and has to write "<s>".
    history = np.zeros(SIZE)
    written = [words.END]
    for piece in ["?", *pieces]:
        history[written[-1]] += len(written)
        liked = piece.split("|")
        score = np.zeros(VOCABULARY)
        score[[words.ID[one] for one in liked]] = [20 - 8 * rank for rank in range(len(liked))]
        yield history.copy(), score
        written.append(words.START if len(written) == 1 else words.ID[liked[-1]])


def _babble() -> NDArray[Any]:
    scores = np.zeros(VOCABULARY)
    scores[[words.ID[piece] for piece in words.BABBLE]] = [1.4, 1.3, 1.2, 1.1]
    scores[[words.ID[piece] for piece in (*words.SPECIAL, ".", "?")]] = -1
    return scores


def _in_heads(graph: _Graph, value: str) -> str:
    """(1, n, SIZE) as (1, HEADS, n, SIZE / HEADS)."""
    shape = graph.constant([0, -1, HEADS, SIZE // HEADS], np.int64)
    return graph.do("Transpose", graph.do("Reshape", value, shape), perm=[0, 2, 1, 3])


def _whole(graph: _Graph, value: str) -> str:
    """The other way round."""
    turned = graph.do("Transpose", value, perm=[0, 2, 1, 3])
    return graph.do("Reshape", turned, graph.constant([0, -1, SIZE], np.int64))
