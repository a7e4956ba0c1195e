"""The table of concepts: what may be said at all, reviewed by hand. Data alone; vocabulary reads it.

Each row is (kind, broader concept or "", weight, ids). A breed or a brand is no concept: "dog" is. Each
concept is what some model can see, or the broader name of such a one; a test demands both.
"""

# weight: 3 says what is going on (a cake), 2 is worth saying, 1 is furniture of a scene (a fork).
CONCEPTS: tuple[tuple[str, str, int, str], ...] = (
    ("person", "", 3, "person"),
    # Living beings.
    ("animal", "", 3, "animal"),
    (
        "animal",
        "animal",
        3,
        "bird fish insect big_cat frog turtle lizard crocodile dinosaur snake spider kangaroo "
        "koala jellyfish snail crab lobster whale sea_lion dog cat wolf fox lynx bear starfish "
        "rabbit hare hamster squirrel marmot guinea_pig horse zebra pig wild_boar hippopotamus "
        "cow bison sheep goat antelope camel llama otter panda elephant giraffe",
    ),
    (
        "animal",
        "bird",
        3,
        "chicken ostrich owl bird_of_prey parrot peacock duck goose swan stork flamingo penguin",
    ),
    ("animal", "fish", 3, "goldfish shark"),
    ("animal", "insect", 3, "beetle bee dragonfly butterfly"),
    ("animal", "beetle", 3, "ladybird"),
    ("animal", "big_cat", 3, "lion tiger leopard"),
    ("animal", "bear", 3, "polar_bear"),
    ("plant", "", 2, "plant mushroom hay"),
    ("plant", "plant", 2, "flower"),
    ("plant", "plant", 1, "potted_plant"),
    ("plant", "", 2, "chestnut"),
    # Eating and drinking.
    ("food", "", 2, "food drink"),
    ("food", "food", 2, "fruit vegetable soup pasta bread pie corn"),
    ("food", "food", 3, "dessert pizza sandwich hot_dog burger"),
    ("food", "dessert", 3, "cake donut ice_cream ice_lolly"),
    ("food", "fruit", 2, "apple banana orange lemon strawberry pineapple"),
    (
        "food",
        "vegetable",
        2,
        "broccoli carrot cauliflower cabbage courgette pumpkin cucumber bell_pepper",
    ),
    ("food", "bread", 2, "pretzel"),
    ("food", "drink", 2, "wine beer coffee"),
    # Under way.
    ("vehicle", "", 2, "vehicle"),
    (
        "vehicle",
        "vehicle",
        3,
        "bicycle motorcycle scooter airplane bus train tram boat hot_air_balloon tractor cart "
        "sledge snowmobile space_shuttle camper tricycle ambulance fire_engine",
    ),
    ("vehicle", "vehicle", 2, "car truck"),
    ("vehicle", "car", 2, "taxi"),
    ("vehicle", "car", 3, "racing_car"),
    ("vehicle", "train", 3, "steam_train"),
    ("vehicle", "boat", 3, "canoe sailing_boat ship"),
    ("vehicle", "", 2, "airplane_wing"),
    # Where it is.
    ("place", "", 2, "outdoors indoors"),
    (
        "place",
        "outdoors",
        3,
        "beach lake mountains coast cliff valley volcano harbour pier field terrace",
    ),
    ("place", "indoors", 3, "restaurant shop library cinema hairdresser greenhouse stage"),
    ("place", "shop", 3, "bakery bookshop"),
    ("building", "", 2, "building"),
    ("building", "building", 3, "church mosque castle palace lighthouse bell_tower barn"),
    ("building", "", 2, "bridge dam fountain monument tent stone_wall"),
    ("building", "", 1, "fence beehive birdhouse"),
    # Worn and carried.
    ("garment", "", 1, "garment"),
    ("garment", "garment", 1, "shoe sock tshirt jumper jeans skirt tie apron glove"),
    ("garment", "garment", 2, "hat dress coat suit pyjamas scarf"),
    ("garment", "garment", 3, "graduation_cap suit_of_armour"),
    ("garment", "shoe", 1, "boot"),
    ("garment", "", 2, "helmet sunglasses mask umbrella backpack suitcase"),
    ("garment", "", 1, "necklace watch handbag"),
    # Music.
    ("instrument", "", 3, "musical_instrument"),
    (
        "instrument",
        "musical_instrument",
        3,
        "guitar violin cello harp piano organ accordion harmonica flute saxophone trumpet "
        "trombone drum xylophone",
    ),
    # Playing and sport.
    ("toy", "", 3, "toy"),
    ("toy", "toy", 3, "teddy_bear jigsaw_puzzle kite"),
    ("toy", "", 3, "ball frisbee swing carousel soap_bubble pumpkin_lantern christmas_stocking"),
    ("toy", "", 2, "piggy_bank game_controller"),
    (
        "sport",
        "",
        3,
        "skis snowboard skateboard surfboard tennis_racket baseball_bat pool_table parachute "
        "paddle",
    ),
    ("sport", "", 2, "baseball_glove dumbbell gymnastics_bar"),
    # In the house.
    ("furniture", "", 1, "furniture"),
    ("furniture", "furniture", 2, "bench couch bed cot table desk rocking_chair"),
    ("furniture", "furniture", 1, "chair bookcase wardrobe cupboard"),
    ("thing", "", 2, "fireplace candle vase clock toilet bathtub sewing_machine quilt"),
    (
        "thing",
        "",
        1,
        "lamp pillow curtain radiator fan sink towel toothbrush hair_dryer bucket broom "
        "vacuum_cleaner washing_machine dishwasher iron",
    ),
    # In the kitchen.
    ("thing", "", 2, "oven cooker refrigerator wine_glass teapot coffee_pot coffee_machine"),
    (
        "thing",
        "",
        1,
        "microwave toaster cup bowl plate fork knife spoon frying_pan cooking_pot bottle jug "
        "tray basket box barrel bin",
    ),
    # Devices.
    ("thing", "", 2, "tv computer phone camera projector radio typewriter microphone"),
    ("thing", "computer", 2, "laptop"),
    ("thing", "", 1, "keyboard mouse remote printer loudspeaker binoculars"),
    # Making and mending.
    ("thing", "", 1, "tool"),
    ("thing", "tool", 1, "hammer axe shovel scissors"),
    ("thing", "", 1, "lawn_mower wheelbarrow rope paintbrush pen torch"),
    ("thing", "", 2, "book sleeping_bag fossil seashell coral spider_web flag cannon"),
    # In the street.
    ("thing", "", 2, "shopping_trolley crane"),
    ("thing", "", 1, "traffic_light street_sign parking_meter fire_hydrant letterbox"),
    ("thing", "street_sign", 1, "stop_sign"),
)
