"""Finding things in a picture: two networks, three looks, one list (describe.object_detector)."""
