"""The command line: `onrecord COMMAND`. `main` is the program; `commands` holds the commands."""

from onrecord.faces.cli.commands import cli, main

__all__ = ["cli", "main"]
