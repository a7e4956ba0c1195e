"""The analysers, a file each: what they see becomes facts (describe.analyser)."""
