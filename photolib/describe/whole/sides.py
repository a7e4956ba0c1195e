"""Which concepts are met indoors, and which outdoors. Written down by hand, before it was measured.

Left out is what is met in both: people, pets, clothes, and a laid table, which may stand on a terrace.
"""

from photolib.describe.vocabulary import BY_IMAGENET, broader_than

_INDOORS = (
    "indoors furniture fireplace candle vase toilet bathtub sewing_machine quilt lamp pillow curtain",
    "radiator sink towel toothbrush hair_dryer vacuum_cleaner washing_machine dishwasher iron oven",
    "cooker refrigerator coffee_machine microwave toaster frying_pan cooking_pot tv computer printer",
    "keyboard mouse remote loudspeaker piano organ pool_table",
)
# A bench is furniture too, and stands in parks: the nearest concept decides.
_OUTDOORS = (
    "outdoors fence vehicle building bridge dam fountain monument tent stone_wall animal traffic_light",
    "street_sign stop_sign parking_meter fire_hydrant letterbox crane kite parachute skis snowboard",
    "skateboard surfboard baseball_bat baseball_glove frisbee tennis_racket hay lawn_mower swing",
    "carousel shopping_trolley flag bench",
)
_BOTH = ("dog cat bird fish goldfish hamster guinea_pig rabbit",)
_SIDES = {
    concept: side
    for lines, side in ((_INDOORS, -1), (_OUTDOORS, 1), (_BOTH, 0))
    for line in lines
    for concept in line.split()
}


def side_of(label: str) -> int:
    """1 for what is met outdoors, -1 for indoors, 0 for both. label: an id of the vocabulary.

    The nearest concept that has a side decides.
    """
    above = (label, *broader_than(label))
    return next((_SIDES[concept] for concept in above if concept in _SIDES), 0)


# ImageNet's numbers on either side.
OUTDOOR_CLASSES = tuple(n for n, label in BY_IMAGENET.items() if side_of(label.id) > 0)
INDOOR_CLASSES = tuple(n for n, label in BY_IMAGENET.items() if side_of(label.id) < 0)
