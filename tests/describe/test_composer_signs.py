"""The words for what is seen beside the things, sentence by sentence, in every language."""
