"""What is checked of a folder before anything of it is opened, with every fault that files can have."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from photolib.describe.sentences.florence.captioner import Florence, examine
from photolib.describe.sentences.florence.errors import FolderRefused
from photolib.describe.sentences.florence.folder import find_files
from photolib.describe.sentences.florence.protobuf import NotOnnx, external_files
from photolib.describe.sentences.protocol import SentenceServerAway
from tests.describe.sentences.conftest import sent
from tests.describe.sentences.tiny_florence import rewrite, write_folder
from tests.describe.sentences.tiny_networks import Form
from tests.describe.sentences.tiny_words import RED

pytestmark = pytest.mark.usefixtures("_nothing_held")

FILES = [
    "config.json",
    "generation_config.json",
    "preprocessor_config.json",
    "tokenizer.json",
    "onnx/vision_encoder.onnx",
    "onnx/embed_tokens.onnx",
    "onnx/encoder_model.onnx",
    "onnx/decoder_model_merged.onnx",
]


def refused(folder: Path | str) -> str:
    with pytest.raises(FolderRefused) as caught:
        examine(str(folder))
    return str(caught.value)


def named(folder: Path) -> Florence:
    there, files = examine(str(folder))
    return Florence(str(there), files)


def away(model: Florence) -> str:
    """Why it cannot be used now: no attempt is used up."""
    with pytest.raises(SentenceServerAway) as caught:
        model.describe(sent(RED, RED), language="en", instruction="")
    return str(caught.value)


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_named(broken: Path, file: str) -> None:
    (broken / file).unlink()
    said = refused(broken)
    assert file.replace("_merged", "") in said
    assert "copy" in said


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("damage", ["cut", "empty", "folder", "other bytes"])
def test_a_damaged_file_is_named_when_the_folder_is(broken: Path, file: str, damage: str) -> None:
    path = broken / file
    content = path.read_bytes()
    path.unlink()
    if damage == "folder":
        path.mkdir()
    else:
        path.write_bytes({"cut": content[:-9], "empty": b"", "other bytes": b"\x89PNG\r\n"}[damage])
    assert file in refused(broken)


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_changed_since_is_not_opened(broken: Path, file: str) -> None:
    model = named(broken)
    path = broken / file
    content = path.read_bytes()
    # Still a good file: JSON with a space more, ONNX with an unknown field more.
    path.write_bytes(content + (b" " if file.endswith("json") else b"\xa2\x1f\x01x"))
    said = away(model)
    assert f"{file} is not the file that it was" in said
    assert "name the folder again" in said
    path.write_bytes(content)
    assert model.describe(sent(RED, RED), language="en", instruction="")


def test_a_file_that_went_away_since_is_waited_for(broken: Path) -> None:
    model = named(broken)
    (broken / "tokenizer.json").rename(broken / "aside")
    assert "tokenizer.json is not in" in away(model)
    shutil.rmtree(broken)
    assert "There is no folder" in away(model)


def test_a_decoder_that_was_put_beside_since_is_not_taken(broken: Path, tmp_path: Path) -> None:
    other = write_folder(tmp_path / "other", Form(merged=False))
    (broken / "onnx/decoder_model_merged.onnx").unlink()
    shutil.copy(other / "onnx/decoder_model.onnx", broken / "onnx")
    model = named(broken)
    shutil.copy(
        tmp_path / "other/onnx/decoder_model.onnx", broken / "onnx/decoder_model_merged.onnx"
    )
    assert "decoder_model.onnx is not the file" in away(model)


def test_of_several_sizes_of_one_network_nobody_guesses(broken: Path) -> None:
    plain = broken / "onnx/encoder_model.onnx"
    shutil.copy(plain, broken / "onnx/encoder_model_q4.onnx")
    assert find_files(broken).encoder == plain
    plain.rename(broken / "onnx/encoder_model_fp16.onnx")
    said = refused(broken)
    assert "encoder_model_fp16.onnx, encoder_model_q4.onnx" in said
    (broken / "onnx/encoder_model_q4.onnx").unlink()
    assert find_files(broken).encoder.name == "encoder_model_fp16.onnx"


@pytest.mark.parametrize(
    "text", ["", "models/florence", "/etc/../etc", "/no/such/folder", "/etc/hostname", "/a\0b"]
)
def test_what_is_no_whole_path_of_a_folder_is_refused(text: str) -> None:
    assert "write its whole path" in refused(text) or "There is no folder" in refused(text)


def test_a_link_to_the_folder_is_followed_and_one_out_of_it_is_not(
    broken: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(broken)
    assert examine(str(link))[0] == broken
    outside = tmp_path / "outside.json"
    (broken / "config.json").rename(outside)
    (broken / "config.json").symlink_to(outside)
    assert "config.json is a link that leads out" in refused(broken)
    inside = broken / "the-same.json"
    outside.rename(inside)
    (broken / "config.json").unlink()
    (broken / "config.json").symlink_to("the-same.json")
    assert "config.json" in examine(str(broken))[1]


def test_a_link_in_a_circle_and_a_device_are_refused(broken: Path) -> None:
    (broken / "config.json").unlink()
    (broken / "config.json").symlink_to("config.json")
    assert "config.json is not in" in refused(broken)
    (broken / "config.json").unlink()
    os.mkfifo(broken / "config.json")
    assert "config.json is cut off, damaged or no such file" in refused(broken)


@pytest.mark.parametrize("file", ["config.json", "onnx/encoder_model.onnx"])
@pytest.mark.parametrize("opened", [0, 1])
def test_a_file_that_may_not_be_read_is_named(
    broken: Path, file: str, opened: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests may run as root, whom no permission stops. opened: how often it may be opened before."""
    open_ = Path.open
    left = [None] * opened

    def closed(path: Path, *args: Any, **more: Any) -> Any:
        if path == broken / file and (not left or left.pop()):
            raise PermissionError(13, "Permission denied", str(path))
        return open_(path, *args, **more)

    monkeypatch.setattr(Path, "open", closed)
    assert f"{Path(file).name} cannot be read" in refused(broken)


def test_a_huge_file_is_not_read(broken: Path) -> None:
    with (broken / "config.json").open("wb") as file:
        file.truncate(65 * 1024**2)
    assert "config.json is cut off, damaged or no such file" in refused(broken)


@pytest.mark.parametrize(
    ("file", "changes", "entry"),
    [
        ("config.json", {"model_type": "llava"}, "of the kind “llava”"),
        ("config.json", {"text_config": None}, "text_config"),
        ("config.json", {"d_model": "wide"}, "d_model"),
        ("config.json", {"d_model": True}, "d_model"),
        ("config.json", {"decoder_layers": 0}, "decoder_layers"),
        ("config.json", {"decoder_attention_heads": 7}, "decoder_attention_heads"),
        ("config.json", {"vocab_size": 50}, "vocab_size"),
        ("config.json", {"max_position_embeddings": None}, "max_position_embeddings"),
        ("generation_config.json", {"eos_token_id": []}, "eos_token_id"),
        ("generation_config.json", {"eos_token_id": "</s>"}, "eos_token_id"),
        ("generation_config.json", {"decoder_start_token_id": -1}, "decoder_start_token_id"),
        ("generation_config.json", {"no_repeat_ngram_size": 1.5}, "no_repeat_ngram_size"),
        ("generation_config.json", {"max_length": 0}, "max_length"),
        ("preprocessor_config.json", {"size": 768}, "size"),
        ("preprocessor_config.json", {"size": {"shortest_edge": 768}}, "width"),
        ("preprocessor_config.json", {"size": {"height": 9999, "width": 9}}, "height"),
        ("preprocessor_config.json", {"image_mean": [0.5]}, "image_mean"),
        ("preprocessor_config.json", {"image_std": [0.5, 0, 0.5]}, "image_std"),
        ("preprocessor_config.json", {"image_std": ["a", "b", "c"]}, "image_std"),
        ("preprocessor_config.json", {"rescale_factor": -1}, "rescale_factor"),
        ("preprocessor_config.json", {"resample": 77}, "resample"),
        ("preprocessor_config.json", {"do_center_crop": True}, "do_center_crop"),
        (
            "preprocessor_config.json",
            {"task_prompts_without_inputs": {"<CAPTION>": 5}},
            "task_prompts_without_inputs",
        ),
    ],
)
def test_a_number_that_is_none_is_named_with_its_file(
    broken: Path, file: str, changes: dict[str, Any], entry: str
) -> None:
    rewrite(broken / file, **changes)
    said = refused(broken)
    assert file in said
    assert entry in said


@pytest.mark.parametrize("content", ["[1]", '"text"', "[" * 100_000, "{", "null"])
def test_json_of_another_form_is_refused(broken: Path, content: str) -> None:
    (broken / "config.json").write_text(content)
    assert "config.json is cut off, damaged" in refused(broken)


def _swap(folder: Path) -> None:
    encoder, vision = folder / "onnx/encoder_model.onnx", folder / "onnx/vision_encoder.onnx"
    content = encoder.read_bytes()
    encoder.write_bytes(vision.read_bytes())
    vision.write_bytes(content)


def _rename_output(folder: Path) -> None:
    path = folder / "onnx/decoder_model_merged.onnx"
    network = onnx.load(path)
    for node in network.graph.node:
        node.output[:] = ["scores" if name == "logits" else name for name in node.output]
    network.graph.output[-1].name = "scores"
    onnx.save(network, path)


def _unknown_operator(folder: Path) -> None:
    """As from a library of operators of somebody's own, which is never loaded."""
    path = folder / "onnx/embed_tokens.onnx"
    network = onnx.load(path)
    network.graph.node[-1].domain = "org.example"
    network.opset_import.append(helper.make_opsetid("org.example", 1))
    onnx.save(network, path)


def _more_layers(folder: Path) -> None:
    rewrite(folder / "config.json", decoder_layers=3)


@pytest.mark.parametrize(
    ("change", "file"),
    [
        (_swap, "onnx/vision_encoder.onnx"),
        (_rename_output, "onnx/decoder_model_merged.onnx"),
        (_unknown_operator, "onnx/embed_tokens.onnx"),
        (_more_layers, "onnx/decoder_model_merged.onnx"),
    ],
)
def test_another_layout_is_found_when_a_worker_opens_it(
    broken: Path, change: Callable[[Path], None], file: str
) -> None:
    change(broken)
    said = away(named(broken))
    assert file in said


def outsource(path: Path, location: str, *, deep: bool = False) -> bytes:
    """Have a network read a weight from another file. Returns what has to be in that file."""
    network = onnx.load(path)
    weights = network.graph.initializer
    if deep:
        branches = next(node for node in network.graph.node if node.op_type == "If")
        weights = next(one.g.initializer for one in branches.attribute if one.g.initializer)
    weight = next(one for one in weights if one.data_type == TensorProto.FLOAT)
    content: bytes = numpy_helper.to_array(weight).astype("<f4").tobytes()
    weight.ClearField("raw_data")
    weight.data_location = TensorProto.EXTERNAL
    weight.external_data.add(key="location", value=location)
    weight.external_data.add(key="length", value=str(len(content)))
    path.write_bytes(network.SerializeToString())
    return content


def test_weights_beside_a_network_are_used_and_watched(broken: Path) -> None:
    content = outsource(broken / "onnx/embed_tokens.onnx", "embed_tokens.onnx_data")
    assert "onnx/embed_tokens.onnx_data is not in" in refused(broken)
    data = broken / "onnx/embed_tokens.onnx_data"
    data.write_bytes(content)
    model = named(broken)
    assert model.files.keys() == {*FILES, "onnx/embed_tokens.onnx_data"}
    assert model.describe(sent(RED, RED), language="en", instruction="").startswith("A red dog")


def test_weights_that_changed_are_not_opened(broken: Path) -> None:
    data = broken / "onnx/embed_tokens.onnx_data"
    data.write_bytes(outsource(broken / "onnx/embed_tokens.onnx", data.name))
    model = named(broken)
    data.write_bytes(np.zeros(data.stat().st_size // 4, np.float32).tobytes())
    assert "embed_tokens.onnx_data is not the file" in away(model)


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize(
    "location", ["../outside", "/etc/passwd", "weights/../../../outside", "sub/weights", "..", ".."
                 "\\outside", ""]
)  # fmt: skip
def test_weights_anywhere_else_are_refused_wherever_they_are_named(
    broken: Path, location: str, deep: bool
) -> None:
    """Deep: inside one of the two branches of the merged decoder."""
    outsource(broken / "onnx/decoder_model_merged.onnx", location, deep=deep)
    said = refused(broken)
    assert "decoder_model_merged.onnx wants to open" in said
    assert location in said


def test_a_link_for_weights_may_not_lead_out_either(broken: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(outsource(broken / "onnx/embed_tokens.onnx", "weights"))
    (broken / "onnx/weights").symlink_to(outside)
    assert "onnx/weights is a link that leads out" in refused(broken)


def test_the_file_format_is_walked_as_onnx_itself_walks_it(tiny: Path, tmp_path: Path) -> None:
    """Every kind of place in which a tensor can stand."""
    here = helper.make_tensor("x", TensorProto.FLOAT, [1], b"\0\0\0\0", raw=True)

    def outside(location: str) -> Any:
        made = TensorProto()
        made.CopyFrom(here)
        made.ClearField("raw_data")
        made.data_location = TensorProto.EXTERNAL
        made.external_data.add(key="location", value=location)
        return made

    inner, other = (
        helper.make_graph([], name, [], [], [outside(name)]) for name in ("in-graph", "in-graphs")
    )
    sparse = helper.make_sparse_tensor(outside("sparse-values"), outside("sparse-places"), [1])
    node = helper.make_node("Constant", [], ["y"], value=outside("attribute"))
    node.attribute.append(helper.make_attribute("list", [outside("list")]))
    node.attribute.append(helper.make_attribute("graph", inner))
    node.attribute.append(helper.make_attribute("graphs", [other]))
    graph = helper.make_graph([node], "g", [], [], [outside("weight")])
    graph.sparse_initializer.append(sparse)
    called = helper.make_node("Constant", [], ["z"], value=outside("function"))
    model = helper.make_model(graph)
    model.functions.append(helper.make_function("d", "f", [], ["z"], [called], []))
    path = tmp_path / "all.onnx"
    path.write_bytes(model.SerializeToString())
    assert external_files(path) == {
        "in-graph", "in-graphs", "sparse-values", "sparse-places", "attribute", "list", "weight",
        "function",
    }  # fmt: skip
    assert external_files(tiny / "onnx/decoder_model_merged.onnx") == set()


def test_a_network_that_is_cut_off_anywhere_is_no_network(tiny: Path, tmp_path: Path) -> None:
    """Or it says the same as before, where the cut lies between two of its parts."""
    content = (tiny / "onnx/vision_encoder.onnx").read_bytes()
    path = tmp_path / "cut.onnx"
    whole = 0
    for end in [*range(1, 200), *range(200, len(content), 23)]:
        path.write_bytes(content[:end])
        try:
            whole += external_files(path) == set()
        except NotOnnx:
            continue
    assert whole < 5


def test_json_files_of_the_tiny_model_are_those_of_the_form(tiny: Path) -> None:
    """So that the tests above change what is read, and not what is not there."""
    for file in FILES[:4]:
        assert json.loads((tiny / file).read_text())
