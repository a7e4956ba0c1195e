"""What can be seen in the photos of ../shared/data, in our own words: looked at one by one, test-only.

Each line: the file, I (taken indoors), O (outdoors) or ? (cannot be told, or neither), D (daylight),
N (night or dusk) or ? (cannot be told), and what the picture shows of what a whole-picture network may
claim: concepts of describe.vocabulary. What is not listed was not seen.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Truth:
    """light: I, O or ?. day: D, N or ?. shows: concepts, without the broader ones."""

    file: str
    light: str
    day: str
    shows: frozenset[str]


_LINES = """
photos/000000000790.jpg I ? table chair person cup bowl cake candle dog potted_plant jug
photos/000000020247.jpg O D bear
photos/000000030213.jpg I ? refrigerator cooker table chair sink cooking_pot cupboard towel basket
photos/000000062554.jpg ? ? broccoli vegetable food bowl plate
photos/000000078499.jpg O D horse mountains valley lake
photos/000000084284.jpg I ? laptop lamp desk
photos/000000099053.jpg ? ? bowl pasta soup food fork broccoli
photos/000000107438.jpg O ? traffic_light street_sign bicycle coast
photos/000000114174.jpg ? ? burger drink table toy
photos/000000116479.jpg I ? bed fan quilt curtain
photos/000000117425.jpg I ? candle cake plate table person
photos/000000121647.jpg ? ? pizza wine_glass book food plate
photos/000000125870.jpg ? D airplane bus truck vehicle
photos/000000126107.jpg O D bird beach coast
photos/000000129648.jpg O D person skateboard
photos/000000159269.jpg O D umbrella chair table terrace beach restaurant
photos/000000160012.jpg ? N pizza food bottle car
photos/000000161044.jpg O D airplane
photos/000000165518.jpg O ? motorcycle helmet
photos/000000174375.jpg O D tennis_racket person stage
photos/000000174632.jpg ? ? toy
photos/000000177977.jpg I ? cooker oven sink toaster cupboard
photos/000000183709.jpg O D hat traffic_light coat street_sign building car
photos/000000189775.jpg ? ? tennis_racket ball person
photos/000000196393.jpg I ? cat bird bowl
photos/000000199055.jpg ? ? skateboard jeans person sunglasses
photos/000000205401.jpg O D airplane boat lake mountains coast
photos/000000212679.jpg ? ? plate table soup bowl cup food fork
photos/000000213148.jpg I ? sandwich keyboard drink bread food cup
photos/000000214753.jpg O D beach horse coast
photos/000000215778.jpg I ? laptop desk book
photos/000000216794.jpg O D bench plant building
photos/000000229358.jpg I ? cupboard sink towel tie person
photos/000000229997.jpg O D bear bird bird_of_prey
photos/000000231460.jpg O N street_sign restaurant car
photos/000000234748.jpg O D car building person
photos/000000249025.jpg ? ? vase flower
photos/000000252332.jpg O D street_sign stop_sign
photos/000000252639.jpg O D bus car building
photos/000000255165.jpg I D tv computer desk keyboard mouse laptop
photos/000000256353.jpg I ? person hat
photos/000000262440.jpg I ? bathtub toilet sink curtain cupboard
photos/000000269314.jpg O D banana cat plant
photos/000000290843.jpg I ? cat laptop bed
photos/000000347254.jpg I ? person suit tie drink
photos/000000349860.jpg O D skateboard person
photos/000000358083.jpg I ? cat toilet
photos/000000359219.jpg I ? pizza food cooker fork knife
photos/000000361919.jpg O D mountains skis person
photos/000000369771.jpg ? ? food sandwich fork
photos/000000377575.jpg O D dog fire_hydrant
photos/000000397133.jpg I ? frying_pan cooking_pot cooker restaurant food table
photos/000000403353.jpg I N lamp bed book pillow quilt
photos/000000405279.jpg O D kite lake bench
photos/000000408805.jpg I ? microwave cooker cupboard
photos/000000423617.jpg O D bus taxi car
photos/000000427034.jpg I ? dog laptop lamp keyboard
photos/000000431848.jpg O D skateboard person
photos/000000433998.jpg O ? baseball_glove ball person
photos/000000434204.jpg O D skateboard jeans bench
photos/000000442450.jpg O D dog frisbee
photos/000000458045.jpg O D baseball_bat ball helmet
photos/000000460229.jpg O D stop_sign street_sign car truck traffic_light
photos/000000463690.jpg O N ball
photos/000000475678.jpg ? ? suitcase
photos/000000511599.jpg O D boat canoe coast beach
photos/000000516008.jpg I D laptop computer keyboard mouse desk
photos/000000519208.jpg ? ? elephant person
photos/000000525891.jpg O D stop_sign street_sign flower plant
photos/000000551780.jpg O D clock
photos/000000553664.jpg I D laptop computer desk bookcase sunglasses
photos/000000557172.jpg I ? sink bathtub lamp towel
photos/000000565776.jpg I D refrigerator cooker oven cupboard sink table
photos/000000568290.jpg O D bus
photos/000000577932.jpg O D bicycle car
formats/exif-samples/heic/samplefilehub.heif O ? cliff mountains valley
formats/exif-samples/jpg/gps/DSCN0010.jpg O D building plant
formats/exif-samples/jpg/gps/DSCN0012.jpg O D stone_wall plant
formats/exif-samples/jpg/gps/DSCN0021.jpg O D bench monument plant
formats/exif-samples/jpg/gps/DSCN0025.jpg O D building
formats/exif-samples/jpg/gps/DSCN0027.jpg O D church bell_tower
formats/exif-samples/jpg/gps/DSCN0029.jpg O D car building
formats/exif-samples/jpg/gps/DSCN0038.jpg O D building
formats/exif-samples/jpg/gps/DSCN0040.jpg O D church
formats/exif-samples/jpg/gps/DSCN0042.jpg O D bell_tower building
formats/exif-samples/jpg/orientation/landscape_1.jpg O D flower plant
formats/exif-samples/jpg/orientation/portrait_1.jpg O D plant
formats/immich/formats/avif/8bit-sRGB.avif O D lake coast
formats/immich/formats/heic/IMG_2682.heic ? D tool
formats/immich/formats/webp/denali.webp O D mountains valley
formats/immich/metadata/faces/portrait.jpg I ? person
formats/immich/metadata/gps-position/empty_gps.jpg I ? cat chair
formats/immich/metadata/gps-position/thompson-springs.jpg O D cliff mountains
formats/immich/metadata/rating/mongolels.jpg O D outdoors
formats/immich/nature/cyclamen_persicum.jpg ? ? flower
formats/immich/nature/el_torcal_rocks.jpg O D cliff mountains
formats/immich/nature/notocactus_minimus.jpg ? ? flower plant
formats/immich/nature/orychophragmus_violaceus.jpg ? ? flower
formats/immich/nature/polemonium_reptans.jpg O D flower
formats/immich/nature/prairie_falcon.jpg O D bird_of_prey cliff
formats/immich/nature/silver_fir.jpg O D plant
formats/immich/nature/tanners_ridge.jpg O D field
formats/immich/nature/wood_anemones.jpg O D flower field
formats/orientation/Portrait_1.jpg O D outdoors
"""


def _parse(line: str) -> Truth:
    file, light, day, *shows = line.split()
    return Truth(file, light, day, frozenset(shows))


SCENES = tuple(_parse(line) for line in _LINES.split("\n") if line)
