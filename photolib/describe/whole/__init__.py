"""What is told of a picture as a whole: things and place, light, kind, colours, quality."""
