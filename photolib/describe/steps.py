"""The steps of describe: what is to be seen in a photo, as facts. One line an analyser."""

from photolib.describe.analyser import as_step
from photolib.describe.analysers import objects, postures, sensitivity, smiles, text

find_objects = as_step(objects.ANALYSER)
find_postures = as_step(postures.ANALYSER)
find_smiles = as_step(smiles.ANALYSER)
read_text = as_step(text.ANALYSER)
check_sensitivity = as_step(sensitivity.ANALYSER)
