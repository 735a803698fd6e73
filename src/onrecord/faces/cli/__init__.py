"""The command line: `onrecord COMMAND`. `main` is the program; `commands` says which commands it has."""

from onrecord.faces.cli.commands import cli, main

__all__ = ["cli", "main"]
