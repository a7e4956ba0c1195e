"""A captioner whose answers are known: it says them only if every step before was right."""

import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photolib.describe.sentences.florence import captioner, writing
from photolib.describe.sentences.florence.captioner import Florence, examine
from photolib.describe.sentences.florence.configs import Look, read_configs
from photolib.describe.sentences.florence.folder import find_files
from photolib.describe.sentences.florence.looking import pixels_of
from photolib.describe.sentences.protocol import SentenceFailed, SentenceServerAway
from tests.describe.sentences import tiny_words as words
from tests.describe.sentences.conftest import sent
from tests.describe.sentences.tiny_florence import rewrite, write_folder
from tests.describe.sentences.tiny_networks import Form
from tests.describe.sentences.tiny_words import BLUE, GREEN, RED, YELLOW

pytestmark = pytest.mark.usefixtures("_nothing_held")

FORMS = [
    Form(),
    Form(merged=False),
    Form(suffix="_quantized"),
    Form(half=True, suffix="_fp16"),
    Form(half=True, merged=False, suffix="_q4f16"),
]


def named(folder: Path) -> Florence:
    there, files = examine(str(folder))
    return Florence(str(there), files)


def say(model: Florence, picture: bytes) -> str:
    return model.describe(picture, language="en", instruction="Describe it.")


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_every_form_of_the_export_says_what_it_should(
    tmp_path: Path, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of yellow it tells whole sentences, though it never comes to an end."""
    monkeypatch.setattr(writing, "MOST_TOKENS", 40)
    model = named(write_folder(tmp_path / "tiny", form))
    assert {sides: say(model, sent(*sides)) for sides in words.ANSWERS} == words.TEXTS


def test_the_whole_folder_is_examined_without_opening_a_network(tiny: Path) -> None:
    folder, files = examine(str(tiny))
    assert folder == tiny
    assert sorted(files) == sorted(
        str(path.relative_to(tiny)) for path in tiny.rglob("*") if path.is_file()
    )
    assert not captioner.is_holding()


def test_a_picture_is_made_into_numbers_as_the_folder_says() -> None:
    """Against the formula, worked out by hand: (value / 255 - mean) / std, red first, rows first."""
    look = Look(4, 2, Image.Resampling.BICUBIC, 1 / 255, (0.5, 0.25, 0.125), (0.5, 0.25, 2))
    found = pixels_of(sent((204, 102, 51), (204, 102, 51)), look)
    assert found.shape == (1, 3, 2, 4)
    assert found.dtype == np.float32
    wanted = [(0.8 - 0.5) / 0.5, (0.4 - 0.25) / 0.25, (0.2 - 0.125) / 2]
    np.testing.assert_allclose(found.mean(axis=(0, 2, 3)), wanted, atol=0.02)


def test_the_forced_first_token_and_the_ban_on_repeats_are_the_folder_s(broken: Path) -> None:
    """Without them the same networks say something else: so the rules do something."""
    model = named(broken)
    rewrite(broken / "generation_config.json", no_repeat_ngram_size=0)
    # "and a boat and a boat": from there on it babbles, and has no whole sentence.
    assert say(named(broken), sent(BLUE, BLUE)) == "A boat is on the water."
    rewrite(broken / "generation_config.json", no_repeat_ngram_size=3, forced_bos_token_id=None)
    rewrite(broken / "config.json", forced_bos_token_id=None)
    assert say(named(broken), sent(BLUE, BLUE)) == "?\n\n?"
    with pytest.raises(SentenceServerAway, match=r"config\.json is not the file"):
        say(model, sent(BLUE, BLUE))


@pytest.mark.parametrize(
    "ends",
    [
        {"eos_token_id": [words.PAD, words.END], "forced_eos_token_id": None},
        {"eos_token_id": words.PAD, "forced_eos_token_id": words.END},
    ],
)
def test_a_text_ends_with_any_token_that_the_files_name(broken: Path, ends) -> None:
    """The second is how an early export of Florence-2 was published."""
    rewrite(broken / "generation_config.json", **ends)
    assert read_configs(find_files(broken)).rules.ends == {words.PAD, words.END}
    assert say(named(broken), sent(RED, RED)) == words.TEXTS[RED, RED]


@pytest.mark.parametrize(
    ("written", "ngram", "banned"),
    [
        ([5, 6, 7, 5, 6], 3, {7}),
        ([5, 6, 7, 5, 6, 8, 5, 6], 3, {7, 8}),
        ([5, 6, 7, 5, 6], 0, set()),
        ([5, 6, 7], 2, set()),
        ([5, 6, 5], 2, {6}),
        ([5, 6], 1, {5, 6}),
        ([5], 3, set()),
        ([], 3, set()),
    ],
)
def test_what_would_repeat_so_many_tokens_is_banned(written, ngram, banned) -> None:
    assert writing.repeats(written, ngram) == banned


@pytest.mark.parametrize(("entry", "most"), [("max_length", 8), ("max_new_tokens", 7)])
def test_the_folder_may_say_how_long_a_text_becomes(broken: Path, entry: str, most: int) -> None:
    """Seven tokens are "<s>" and six words: the short text has no full stop then, and is not taken."""
    rewrite(broken / "generation_config.json", **{entry: most})
    assert say(named(broken), sent(RED, BLUE)) == "There is a bench."
    rewrite(broken / "generation_config.json", **{entry: most + 1})
    assert say(named(broken), sent(RED, BLUE)) == words.TEXTS[RED, BLUE]


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Every token that is chosen, of all texts."""
    tokens: list[int] = []
    choose = writing._choose

    def counted(*args, **more) -> int:
        tokens.append(choose(*args, **more))
        return tokens[-1]

    monkeypatch.setattr(writing, "_choose", counted)
    return tokens


def test_nothing_is_computed_after_the_end(tiny: Path, chosen: list[int]) -> None:
    say(named(tiny), sent(RED, BLUE))
    short, long = (text.split() for text in words.ANSWERS[RED, BLUE])
    wanted = [words.START, *(words.ID[piece] for piece in short)]
    assert chosen == [*wanted, words.START, *(words.ID[piece] for piece in long)]


def test_who_never_comes_to_an_end_is_stopped(tiny: Path, chosen: list[int]) -> None:
    with pytest.raises(SentenceFailed, match="gave no text"):
        say(named(tiny), sent(GREEN, GREEN))
    assert len(chosen) == 2 * writing.MOST_TOKENS
    assert words.END not in chosen


def test_numbers_that_are_none_make_no_text(tmp_path: Path, chosen: list[int]) -> None:
    with pytest.raises(SentenceFailed, match="files do not fit together"):
        say(named(write_folder(tmp_path / "tiny", Form(nan=True))), sent(RED, RED))
    # The first token is forced; no other is guessed.
    assert chosen == [words.START]


def test_a_run_that_takes_too_long_is_ended_in_its_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = named(write_folder(tmp_path / "tiny", Form(slow=True)))
    monkeypatch.setattr(captioner, "ANSWER_SECONDS", 0.3)
    began = time.monotonic()
    with pytest.raises(SentenceFailed, match="no whole answer"):
        say(model, sent(RED, RED))
    # The loop itself would need days.
    assert time.monotonic() - began < 60


def test_it_is_loaded_once_and_let_go_when_it_is_not_used(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    load = captioner._load

    def counted(folder: str, taken: dict[str, str]) -> captioner._Captioner:
        loaded.append(folder)
        return load(folder, taken)

    monkeypatch.setattr(captioner, "_load", counted)
    monkeypatch.setattr(captioner, "HELD_SECONDS", 0.4)
    model = named(tiny)
    threads = [threading.Thread(target=say, args=(model, sent(RED, RED))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert loaded == [str(tiny)]
    until = time.monotonic() + 30
    while captioner.is_holding() and time.monotonic() < until:
        time.sleep(0.05)
    assert not captioner.is_holding()
    assert say(model, sent(RED, RED)) == words.TEXTS[RED, RED]
    assert len(loaded) == 2


def test_another_folder_takes_the_place_of_the_one_that_is_held(tiny: Path, broken: Path) -> None:
    say(named(tiny), sent(RED, RED))
    rewrite(broken / "generation_config.json", num_beams=1)
    assert say(named(broken), sent(YELLOW, YELLOW)) == words.TEXTS[YELLOW, YELLOW]
    assert captioner._held is not None
    assert captioner._held[0] == str(broken)


def test_a_folder_may_have_its_own_words_for_the_tasks(broken: Path) -> None:
    own = {"<CAPTION>": "What is in the image?", "<OCR>": "Read it."}
    rewrite(broken / "preprocessor_config.json", task_prompts_without_inputs=own)
    configs = read_configs(find_files(broken))
    assert configs.short == "What is in the image?"
    assert configs.long == "Describe in detail what is shown in the image."
