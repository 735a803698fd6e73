"""What the reader does with each HTML element, by its name.

In: the list elements.txt, and the rules here of what an element's start ends. Out: Elements, by name. Leaves to `html`
what is open and what happens.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

#: Elements that an end tag of something outside them does not close.
WALLS: Final = frozenset(("table", "td", "th", "caption", "template", "marquee", "object"))
#: Elements whose end tags such walls do not stop.
TABLE: Final = frozenset(("table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"))
#: Elements in which line breaks and runs of blanks are shown.
AS_WRITTEN: Final = frozenset(("pre", "listing", "xmp", "plaintext"))
#: Elements that state something about the page whatever attributes they have.
STATING: Final = frozenset(("h1", "title", "time"))
#: Elements of which there is one each, and drawings, in which other rules hold.
FRAMES: Final = frozenset(("html", "head", "body", "svg", "math"))
#: What an element's start ends, and what holds the list, table or row in which it does.
_ENDS: Final = {
    tag: (frozenset(siblings.split()), frozenset(walls.split()))
    for tags, siblings, walls in (
        ("li", "li", "ul ol menu dir nav template object"),
        ("dd dt", "dd dt", "dl template object"),
        ("td th", "td th", "table tr template"),
        ("tr", "tr caption", "table template"),
        ("tbody thead tfoot", "tbody thead tfoot caption", "table template"),
        ("option", "option", "select datalist template"),
        ("button", "button", "template object"),
        ("a", "a", "td th caption table template object"),
    )
    for tag in tags.split()
}
#: Line breaks around a block, and more are never seen.
MOST_GAP: Final = 2
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Element:
    """What the reader does with an element. gap: line breaks that a reader sees before and after it, at least.

    siblings, walls: what its start ends, if none of the walls stands between; ends_p: it ends a <p>, too.
    plain: nothing is done at its start but this. skip: its text is not shown. raw: its content is text to the tokenizer.
    """

    gap: int
    siblings: frozenset[str]
    walls: frozenset[str]
    plain: bool
    void: bool
    skip: bool
    raw: bool
    ends_p: bool
    ends_drawing: bool
    in_head: bool


@cache
def elements() -> dict[str, Element]:
    """The elements of which the reader knows more than that they run on in their line."""
    lines = files("onrecord.page").joinpath("elements.txt").read_text("utf-8").splitlines()
    listed = [f"{line}\t".split("\t")[:3] for line in lines if line and not line.startswith("#")]
    named = {name: (what, flags.split()) for name, what, flags in listed}
    special = {"q", *FRAMES, *STATING, *AS_WRITTEN}
    return {
        name: _element(name, *named.get(name, ("inline", [])), is_special=name in special)
        for name in {*named, *special, *_ENDS}
    }


def _element(name: str, what: str, flags: list[str], *, is_special: bool) -> Element:
    siblings, walls = _ENDS.get(name, (_NONE, _NONE))
    return Element(
        gap={"block": MOST_GAP, "line": 1}.get(what, 0),
        siblings=siblings,
        walls=walls,
        plain=what != "void" and not is_special,
        void=what == "void",
        skip=what == "skip",
        raw="raw" in flags,
        ends_p="ends-p" in flags,
        ends_drawing="ends-drawing" in flags,
        in_head="in-head" in flags,
    )


#: What is done with the elements that nothing is known of.
UNKNOWN: Final = _element("", "inline", [], is_special=False)


@cache
def eventful() -> dict[str, Element]:
    """The elements at whose start something is done."""
    return {name: e for name, e in elements().items() if e.gap or e.siblings or e.ends_p or not e.plain}


@cache
def gaps() -> dict[str, int]:
    """The elements around which a reader sees line breaks, and how many."""
    return {name: element.gap for name, element in elements().items() if element.gap}


@cache
def unseen() -> frozenset[str]:
    """The elements whose text is not shown, unless their attributes say so."""
    return frozenset(name for name, element in elements().items() if element.skip) | {"dialog"}


@cache
def raw_unseen() -> frozenset[str]:
    """The elements whose content is text to the tokenizer, and not shown."""
    return frozenset(name for name, element in elements().items() if element.skip and element.raw)
