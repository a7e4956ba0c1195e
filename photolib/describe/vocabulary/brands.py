"""Well-known names of makers and shops, as they are written on things. A list of our own, for no purpose
but to say that a name can be read: not that the thing is theirs.

What is no ordinary word in any of the six languages stands in NAMES, and is known in any writing. A name
of three letters at most counts only as it is written here. What is an ordinary word, an animal, a colour or
somebody's name as well stands in ORDINARY: it counts only as it is written here or in capitals, and beside
one of the words that are given, or with ® or ™. Names that hold a word no
description may say (describe.banned) are left out.
"""

NAMES = (
    # cars, motorcycles, bicycles
    "Alfa Romeo", "Aston Martin", "Audi", "Bentley", "BMW", "Bugatti", "Cadillac", "Chevrolet", "Chrysler",
    "Citroën", "Cupra", "Dacia", "Daihatsu", "Ducati", "Ferrari", "Harley-Davidson", "Honda", "Hyundai",
    "Infiniti", "Isuzu", "Iveco", "Kawasaki", "KTM", "Lada", "Lamborghini", "Land Rover", "Lexus",
    "Maserati", "Mazda", "McLaren", "Mercedes-Benz", "Mitsubishi", "Moto Guzzi", "Nissan", "Opel",
    "Peugeot", "Piaggio", "Porsche", "Renault", "Rolls-Royce", "Scania", "Škoda", "SsangYong", "Subaru",
    "Suzuki", "Tesla", "Toyota", "Vauxhall", "Vespa", "Volkswagen", "Volvo", "Yamaha", "BYD", "Shimano",
    "Brompton", "Decathlon", "Michelin", "Pirelli", "Bridgestone", "Goodyear", "Dunlop", "Hankook",
    # machines, tools, households
    "AEG", "Bauknecht", "Beko", "Bosch", "DeWalt", "Dyson", "Electrolux", "Gorenje",
    "Husqvarna", "John Deere", "JCB", "Kärcher", "KitchenAid", "Komatsu", "Krups", "Liebherr", "Makita",
    "Miele", "Moulinex", "Nespresso", "Rowenta", "Siemens", "Stihl", "Tefal", "Thermomix", "Tupperware",
    "Vorwerk", "Whirlpool", "Zanussi", "De'Longhi", "Bialetti", "Le Creuset", "Zwilling", "Victorinox",
    "Leatherman", "Fiskars", "WMF", "Duracell", "Varta", "Energizer", "Osram", "IKEA", "Leroy Merlin",
    # cameras, computers, telephones, music
    "Acer", "Asus", "Casio", "Fujifilm", "Fujitsu", "Garmin", "Gigabyte", "GoPro", "Grundig",
    "Hasselblad", "Hitachi", "HP", "HTC", "Huawei", "IBM", "Intel", "JBL", "JVC", "Kenwood", "Kodak",
    "Lenovo", "LG", "Leica", "Logitech", "Microsoft", "Motorola", "Nikon", "Nintendo", "Nokia", "Nvidia",
    "OnePlus", "Panasonic", "Philips", "PlayStation", "Polaroid", "Qualcomm", "Raspberry Pi", "Samsung",
    "Sennheiser", "Sony", "Toshiba", "TomTom", "Xbox", "Xiaomi", "Zeiss", "Bose",
    "Steinway & Sons", "Bechstein", "Hohner", "Gibson Les Paul", "Stratocaster", "Vodafone", "T-Mobile",
    "Telefónica", "Movistar", "Swisscom", "Proximus", "Bouygues Telecom", "Google", "YouTube", "Facebook",
    "Instagram", "WhatsApp", "Netflix", "Spotify", "Wikipedia", "LinkedIn", "TikTok", "Airbnb", "PayPal",
    # food and drink
    "Activia", "Bahlsen", "Barilla", "Ben & Jerry's", "Bonduelle", "Cadbury", "Campari", "Chupa Chups",
    "Coca-Cola", "Danone", "De Cecco", "Dr Pepper", "Dr. Oetker", "Evian", "Fanta", "Ferrero", "Gatorade",
    "Guinness", "Häagen-Dazs", "Haribo", "Heineken", "Heinz", "Kellogg's", "KitKat",
    "Lavazza", "Lindt", "Lipton", "Maggi", "Magnum Classic", "Milka", "Nescafé", "Nesquik", "Nestlé",
    "Nutella", "Oreo", "Orangina", "Ovomaltine", "Pepsi", "Perrier", "Pringles", "Red Bull", "Ricola",
    "Ritter Sport", "San Pellegrino", "Schweppes", "Snickers", "Tabasco", "Toblerone", "Twix", "Vittel",
    "Volvic", "Warsteiner", "Beck's", "Bitburger", "Carlsberg", "Erdinger", "Grolsch", "Kronenbourg",
    "Paulaner", "Peroni", "Stella Artois", "Tuborg", "Moët & Chandon", "Martini & Rossi", "Jägermeister",
    "Absolut Vodka", "Bacardi", "Smirnoff", "Jack Daniel's", "Johnnie Walker", "Aperol",
    "Illy", "Jacobs Krönung",
    # shops and places to eat
    "Albert Heijn", "Aldi", "Auchan", "Carrefour", "Costco", "E.Leclerc", "Edeka", "Esselunga", "FNAC",
    "Intermarché", "Jumbo Supermarkten", "Kaufland", "Lidl", "Marks & Spencer", "Mercadona", "Migros",
    "Monoprix", "REWE", "Sainsbury's", "Tesco", "Walmart", "Whole Foods Market", "Zeeman", "HEMA",
    "Media Markt", "Rossmann", "Sephora", "Douglas Parfümerie", "Starbucks", "McDonald's", "Burger King",
    "KFC", "Domino's", "Pizza Hut", "Dunkin' Donuts", "Costa Coffee", "Nordsee", "Vapiano",
    "Krispy Kreme", "Baskin-Robbins", "Tim Hortons", "7-Eleven", "Woolworths", "El Corte Inglés",
    "Galeries Lafayette", "Harrods", "Hard Rock Cafe", "Toys R Us",
    # clothes, shoes, watches, things to carry
    "Abercrombie & Fitch", "Adidas", "Armani", "Asics", "Balenciaga", "Benetton", "Birkenstock", "Burberry",
    "Bvlgari", "C&A", "Calvin Klein", "Cartier", "Chanel", "Dior", "Converse All Star", "Crocs",
    "Deichmann", "Dolce & Gabbana", "Dr. Martens", "Eastpak", "Ellesse", "Fjällräven", "Gucci", "H&M",
    "Havaianas", "Helly Hansen", "Hermès Paris", "Hugo Boss", "Jack Wolfskin", "Kappa", "Lacoste",
    "Levi's", "Louis Vuitton", "Lululemon", "Mammut Sports", "Moncler", "New Balance", "Nike", "Oakley",
    "Omega Watch", "Patagonia", "Pandora Jewelry", "Primark", "Quiksilver", "Ralph Lauren", "Ray-Ban",
    "Reebok", "Rolex", "Roxy Surf", "Salomon", "Samsonite", "Skechers", "Swarovski", "Swatch",
    "The North Face", "Timberland", "Tommy Hilfiger", "UGG", "Umbro", "Under Armour", "Uniqlo",
    "Vaude", "Versace", "Zalando", "Arena Swim", "Speedo", "Rossignol", "Burton Snowboards",
    # toys, care, writing
    "Barbie", "Carrera", "Disney", "Duplo", "Fisher-Price", "Hasbro", "Hello Kitty", "Hot Wheels", "LEGO",
    "Märklin", "Mattel", "Monopoly", "Nerf", "Playmobil", "Pokémon", "Ravensburger", "Schleich",
    "Scrabble", "Steiff", "Tamagotchi", "Blendax", "Colgate", "Durex", "Garnier", "Gillette",
    "Head & Shoulders",
    "Kleenex", "L'Oréal", "Listerine", "Maybelline", "Nivea", "Oral-B", "Palmolive", "Pampers", "Penaten",
    "Persil", "Sensodyne", "Tempo Taschentücher", "Weleda", "Yves Rocher", "Ariel Waschmittel", "BIC",
    "Edding", "Faber-Castell", "Moleskine", "Montblanc", "Pelikan", "Pritt", "Sharpie", "Staedtler",
    "Stabilo",
    "Post-it", "Tesa", "Uhu",
    # on the road, in the air, by post, energy, money
    "Aeroflot", "Air Canada", "Air France", "Alitalia", "American Airlines", "Aral", "Avis Rent",
    "BP", "British Airways",
    "Cathay Pacific", "Chevron Texaco", "Condor Flugdienst", "DHL", "easyJet", "Emirates Airlines", "Esso",
    "Europcar", "Eurostar", "Eurowings", "ExxonMobil", "FedEx", "Finnair", "FlixBus", "Greyhound Lines",
    "Hertz Rent", "Iberia Líneas", "Icelandair", "Interrail", "KLM", "Lufthansa", "Lukoil", "OMV",
    "Qantas", "Qatar Airways", "Repsol", "Ryanair", "Sixt", "SNCF", "Transavia", "Trenitalia", "Uber Eats",
    "UPS", "Vueling", "Wizz Air", "American Express", "Mastercard", "Maestro Card", "Western Union",
    "Allianz", "AXA", "BNP Paribas", "Deutsche Bank", "HSBC", "ING Bank", "Santander Bank", "UBS",
)  # fmt: skip

# The name as it is written, and words of which one stands somewhere in the picture as well.
ORDINARY: dict[str, tuple[str, ...]] = {
    "Amazon": ("prime", "alexa", "kindle", "fresh", "logistics", "com", "de", "fr"),
    "Apple": ("store", "iphone", "ipad", "macbook", "imac", "inc", "watch", "music", "airpods"),
    "Braun": ("shaver", "series", "silk", "rasierer", "multiquick", "kronberg"),
    "Caterpillar": ("cat", "diesel", "engine"),
    "Corona": ("extra", "cerveza", "beer"),
    "Dove": ("soap", "deodorant", "shampoo", "shower", "unilever", "care"),
    "FIAT": ("panda", "punto", "500", "ducato", "turbo", "torino"),
    "Fiesta": ("ford",),
    "Ford": ("motor", "focus", "fiesta", "transit", "mustang", "ranger", "ecoboost"),
    "Free": ("mobile", "freebox"),
    "GAP": ("jeans", "kids", "factory", "clothing", "store", "1969"),
    "Guess": ("jeans", "watches", "denim"),
    "Jaguar": ("cars", "land", "rover", "coventry"),
    "Jeep": ("wrangler", "cherokee", "renegade", "4x4"),
    "Mango": ("clothing", "kids", "outlet", "barcelona"),
    "Mars": ("chocolate", "caramel", "wrigley", "nougat"),
    "Mini": ("cooper", "countryman", "clubman"),
    "Next": ("directory", "clothing", "outlet"),
    "Orange": ("mobile", "fibre", "livebox", "telecom", "sosh"),
    "Puma": ("football", "suede", "sport", "herzogenaurach"),
    "SEAT": ("ibiza", "leon", "ateca", "arona", "tdi"),
    "Shell": ("v-power", "helix", "fuelsave", "diesel", "unleaded", "super"),
    "Smart": ("fortwo", "forfour"),
    "Subway": ("sub", "footlong", "sandwich", "sandwiches", "eat"),
    "Target": ("bullseye", "minneapolis", "redcard"),
    "TOTAL": ("energies", "access", "excellium", "lubrifiants", "diesel"),
    "Vans": ("off", "skateboarding"),
    "VISA": ("mastercard", "card", "debit", "credit", "electron", "maestro"),
    "Windows": ("microsoft", "intel", "office"),
    "Zara": ("home", "woman", "basic", "inditex", "trafaluc"),
}
