"""HTML in UTF-8 read byte by byte: a string in which every byte is a character, decoded only where somebody asks.

In: UTF-8 without faults, held so. Out: the characters of a piece; a start tag's token as if all had been decoded. Most of a
page is markup in ASCII: read so it takes half the memory, and tells where each byte is. Leaves to `decode` whether the bytes
are UTF-8, to `html` what a tag does.
"""

from __future__ import annotations

from turbohtml import Token, TokenType, tokenize

from onrecord.runs import BROKEN


def characters(octets: str) -> str:
    """The characters that the bytes are. What the tokenizer puts for a NUL in a script or a title stays."""
    if octets.isascii():
        return octets
    if BROKEN in octets:
        return BROKEN.join([characters(part) for part in octets.split(BROKEN)])
    return octets.encode("latin-1").decode("utf-8")


def read_again(octets: str, token: Token) -> Token:
    """The start tag's token with the characters of its name and attributes. octets: what it was read from."""
    end = first = token.col
    while end < len(octets):  # a ">" in an attribute does not end it
        end = octets.find(">", first + 2 * (end - first)) + 1 or len(octets)
        found = next(iter(tokenize(characters(octets[first:end]), resolve_references=False)), None)
        if found is not None and found.type is TokenType.START_TAG:
            return found
    return token
