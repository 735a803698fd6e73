"""The version of the program, which every reading keeps."""

VERSION = "0.1.0"
