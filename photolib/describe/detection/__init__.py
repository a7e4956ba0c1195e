"""Finding things in a picture: two networks, several looks, one list (describe.object_detector)."""
