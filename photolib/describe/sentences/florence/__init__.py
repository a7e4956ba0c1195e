"""A captioner of Florence-2's form, from ONNX files in a folder of the household's own machine.

Nothing here opens a connection: the files are the admin's, and the pictures stay in the worker.
"""
