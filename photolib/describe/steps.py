"""The steps of describe: what is to be seen in a photo, as facts. One line an analyser. And what people
wrote into the photo's file."""

from photolib.core.steps import Step
from photolib.describe.analyser import as_step
from photolib.describe.analysers import (
    objects,
    postures,
    quality,
    scene,
    sensitivity,
    smiles,
    text,
)
from photolib.describe.file_texts import read_file_texts
from photolib.describe.sentences.step import write_sentence as write_draft

read_notes = Step(name="read_notes", version=1, run=read_file_texts)
find_objects = as_step(objects.ANALYSER)
find_scene = as_step(scene.ANALYSER)
find_postures = as_step(postures.ANALYSER)
find_smiles = as_step(smiles.ANALYSER)
read_text = as_step(text.ANALYSER)
measure_quality = as_step(quality.ANALYSER)
write_sentence = Step(name="write_sentence", version=1, run=write_draft)
check_sensitivity = as_step(sensitivity.ANALYSER)
