"""What the analysers are worth on pictures whose truth is known."""
