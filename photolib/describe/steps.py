"""The steps of describe: what is to be seen in a photo, as facts. One line an analyser."""

from photolib.describe.analyser import as_step
from photolib.describe.analysers import objects, postures, quality, scene, text

find_objects = as_step(objects.ANALYSER)
find_scene = as_step(scene.ANALYSER)
find_postures = as_step(postures.ANALYSER)
read_text = as_step(text.ANALYSER)
measure_quality = as_step(quality.ANALYSER)
