"""A captioner of Florence-2's form in some kilobytes, whose answers are known.

It answers right only if everything before was right: the colours (their normalising, and which half of the
picture is left), the prompt's tokens in their order, and what was written so far in its order, which the
merged decoder knows from its cache alone. Otherwise it babbles.
"""

import json
from pathlib import Path
from typing import Any

import onnx

from tests.describe.sentences import tiny_words as words
from tests.describe.sentences.tiny_networks import (
    HEADS,
    HEIGHT,
    LAYERS,
    MEAN,
    SIZE,
    STD,
    VOCABULARY,
    WIDTH,
    Form,
    networks_of,
)


def write_folder(folder: Path, form: Form = Form()) -> Path:  # noqa: B008
    """Write it to `folder`, which it makes, and return that."""
    (folder / "onnx").mkdir(parents=True)
    texts = {
        "config.json": config(),
        "generation_config.json": generation(),
        "preprocessor_config.json": preprocessor(),
        "tokenizer.json": tokenizer(),
    }
    for name, content in texts.items():
        (folder / name).write_text(json.dumps(content))
    for name, network in networks_of(form).items():
        onnx.save(network, str(folder / "onnx" / f"{name}{form.suffix}.onnx"))
    return folder


def config() -> dict[str, Any]:
    text = {
        "d_model": SIZE,
        "decoder_layers": LAYERS,
        "decoder_attention_heads": HEADS,
        "vocab_size": VOCABULARY,
        "max_position_embeddings": 300,
        "max_length": 20,
    }
    return {"model_type": "florence2", "text_config": text, "vision_config": {}}


def generation() -> dict[str, Any]:
    return {
        "bos_token_id": words.START,
        "decoder_start_token_id": words.END,
        "eos_token_id": words.END,
        "forced_bos_token_id": words.START,
        "forced_eos_token_id": words.END,
        "no_repeat_ngram_size": 3,
        "num_beams": 3,
        "pad_token_id": words.PAD,
    }


def preprocessor() -> dict[str, Any]:
    return {
        "do_center_crop": False,
        "do_normalize": True,
        "do_rescale": True,
        "do_resize": True,
        "image_mean": list(MEAN),
        "image_std": list(STD),
        "resample": 3,
        "rescale_factor": 1 / 255,
        "size": {"height": HEIGHT, "width": WIDTH},
    }


def tokenizer() -> dict[str, Any]:
    added = [
        {"id": key, "content": word, "special": True} for key, word in enumerate(words.SPECIAL)
    ]
    return {
        "version": "1.0",
        "added_tokens": added,
        "normalizer": None,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True},
        "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0]},
        "decoder": {"type": "ByteLevel"},
        "model": {
            "type": "BPE",
            "vocab": words.ID,
            "merges": [" ".join(pair) for pair in words.MERGES],
        },
    }


def rewrite(path: Path, **changes: Any) -> None:
    """Change entries of a JSON file; also those of its "text_config" that have the same names."""
    content = json.loads(path.read_text())
    text = content.get("text_config", {})
    text |= {key: value for key, value in changes.items() if key in text}
    path.write_text(json.dumps(content | changes))
