"""What a page states about itself outside its text.

In: the elements that state something, as `html` noted them, and the JSON-LD scripts. Out: Facts, as the
page has them, in the order in which they are to be believed. Leaves to `article` to settle what disagrees, to
read dates, to tell names from job titles.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple, TypeAlias, cast

from onrecord.page.octets import characters
from onrecord.page.stated import NAMINGS, Stated

#: Facts kept of one page, and characters of one value; JSON-LD of more characters, or values, is not read on.
MAX_FACTS: Final = 200
MAX_VALUE_CHARS: Final = 1000
MAX_JSON_CHARS: Final = 4_000_000
MAX_JSON_VALUES: Final = 100_000

#: schema.org types of what a page of news is, the surer first; others (a video, a list, a person) state nothing about it.
_ARTICLE_KINDS: Final = (
    "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "backgroundnewsarticle",
    "asknewsarticle", "reviewnewsarticle", "liveblogposting", "report", "blogposting", "article", "techarticle",
    "scholarlyarticle", "socialmediaposting", "discussionforumposting", "advertisercontentarticle", "satiricalarticle",
    "medicalscholarlyarticle", "claimreview", "interview",
)  # fmt: skip
_PAGE_KINDS: Final = ("webpage", "itempage", "aboutpage", "creativework")
_JSON_KEYS: Final = (
    ("headline", "title"), ("name", "title"), ("alternativeHeadline", "title"), ("author", "author"), ("creator", "author"),
    ("datePublished", "published"), ("dateCreated", "published"), ("uploadDate", "published"), ("dateModified", "modified"),
    ("publisher", "publisher"), ("sourceOrganization", "publisher"), ("url", "url"), ("mainEntityOfPage", "url"),
    ("inLanguage", "language"), ("articleSection", "section"), ("@type", "kind"),
)  # fmt: skip
_ITEMPROPS: Final = {
    "headline": "title", "author": "author", "creator": "author", "datepublished": "published", "datecreated": "published",
    "datemodified": "modified", "publisher": "publisher", "inlanguage": "language", "articlesection": "section",
}  # fmt: skip
_NO_LETTERS: Final = bytes(code for code in range(128) if not chr(code).isalnum())
_TRAILING_COMMA: Final = re.compile(r",(\s*[\]}])")
_TAG: Final = re.compile(r"<[a-zA-Z/][^<>]*>")
_WRAPPING: Final = re.compile(
    r"^\s*(?:<!--|<!\[CDATA\[|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|\]\]>|//\]\]>|/\*\]\]>\*/)\s*;?\s*$"
)


#: What JSON holds: any of its types.
Value: TypeAlias = "dict[str, object] | list[object] | str | float | bool | None"


class Script(NamedTuple):
    """A JSON-LD script: where its text stands in the source, and what it says."""

    first: int
    last: int
    value: Value


class Found(NamedTuple):
    """A fact, and the characters of the source that state it."""

    key: str
    value: str
    where: str
    first: int
    last: int


def parse_scripts(
    source: str, places: Sequence[tuple[int, int]], *, is_octets: bool = False
) -> tuple[Script, ...]:
    """The JSON-LD scripts that can be read; small faults that publishing systems make are forgiven.

    is_octets: whether the source is octets (octets.py).
    """
    out = []
    n_left = MAX_JSON_CHARS
    for first, last in places:
        written = characters(source[first:last]) if is_octets else source[first:last]
        n_left -= len(written)
        if n_left < 0:
            break
        value = _loads(written)
        if value is not None:
            out.append(Script(first, last, value))
    return tuple(out)


@cache
def meta_names() -> frozenset[str]:
    """Names of <meta> elements that state something."""
    return frozenset(_meta_keys()) | frozenset(_ITEMPROPS)


def find_facts(stated: Sequence[Stated], scripts: Sequence[Script]) -> list[Found]:
    """Facts: JSON-LD first, then <meta>, microdata, and what stands in elements; no fact twice."""
    of_elements = _of_elements(stated)
    out: dict[tuple[str, str, str], Found] = {}
    for fact in (*_of_scripts(scripts, of_elements), *of_elements):
        value = _plain(fact.value)
        if value and (fact.key, value, fact.where) not in out:
            out[fact.key, value, fact.where] = fact if value == fact.value else fact._replace(value=value)
            if len(out) >= MAX_FACTS:
                break
    return list(out.values())


def _plain(value: str) -> str:
    value = value[: 2 * MAX_VALUE_CHARS]
    if "<" in value:
        value = _TAG.sub(" ", value)
    if "&" in value:
        value = html.unescape(value)
    return " ".join(value.split())[:MAX_VALUE_CHARS]


# ----------------------------------------------------------------------------------- JSON-LD


def _loads(written: str) -> Value:
    """What a script says; None if it is no JSON, or nested deeper than the parser reads."""
    if not written.strip():
        return None
    for mend in (_as_is, _unwrapped, _without_trailing_commas):
        try:
            return cast(Value, _decoder().decode(mend(written)))
        except (ValueError, RecursionError):
            continue
    return None


@cache
def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(strict=False)


def _as_is(written: str) -> str:
    return written


def _unwrapped(written: str) -> str:
    return _WRAPPING.sub("", written).strip().rstrip(";")


def _without_trailing_commas(written: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", _unwrapped(written))


def nodes_of(script: Script) -> Iterator[dict[str, object]]:
    """What a script describes at its top or in its graph, not what those mention."""
    queue: list[object] = [script.value]
    for n, value in enumerate(queue):
        if n > MAX_JSON_VALUES:
            return
        if isinstance(value, list):
            queue.extend(value[:1000])
        elif isinstance(value, dict):
            graph = value.get("@graph")
            if isinstance(graph, (list, dict)):
                queue.append(graph)
            yield value
            main = value.get("mainEntity")
            if isinstance(main, dict) and is_article(main):
                queue.append(main)


def is_article(node: dict[str, object]) -> bool:
    """Whether a JSON-LD node describes an article."""
    return _rank(node, _ARTICLE_KINDS) is not None


def _rank(node: dict[str, object], kinds: tuple[str, ...]) -> int | None:
    """How far up in the list a node's type stands; None if it is of none of them."""
    return min((kinds.index(kind) for kind in map(str.lower, _kinds(node)) if kind in kinds), default=None)


def _kinds(node: dict[str, object]) -> list[str]:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in listed[:8] if isinstance(kind, str)]


def _of_scripts(scripts: Sequence[Script], of_elements: Sequence[Found]) -> Iterator[Found]:
    by_id: dict[str, dict[str, object]] = {}
    articles: list[tuple[int, dict[str, object], Script]] = []
    pages: list[tuple[dict[str, object], Script]] = []
    for script in scripts:
        for node in nodes_of(script):
            name = node.get("@id")
            if isinstance(name, str) and len(node) > 1:
                by_id.setdefault(name, node)
            rank = _rank(node, _ARTICLE_KINDS)
            if rank is not None:
                articles.append((rank, node, script))
            elif _rank(node, _PAGE_KINDS) is not None:
                pages.append((node, script))
    seen = set()
    if articles:
        node, script = _own_article(articles, of_elements)
        for key, value in _said_by(node, by_id, ("name",)):
            seen.add(key)
            yield Found(key, value, "json-ld", script.first, script.last)
    for node, script in pages[:2]:
        stated = list(_said_by(node, by_id, ()))
        for key, value in stated:
            if key not in seen:
                yield Found(key, value, "json-ld", script.first, script.last)
        seen |= {key for key, _ in stated}


def _own_article(
    articles: Sequence[tuple[int, dict[str, object], Script]], of_elements: Sequence[Found]
) -> tuple[dict[str, object], Script]:
    """The node that is most surely the page's own article, the first of several; most pages have one."""
    if len(articles) == 1:
        return articles[0][1:]
    said = {key: {_folded(f.value) for f in of_elements if f.key == key} for key in ("url", "title")}
    doubts = [_doubts(node, said, rank) for rank, node, _ in articles]
    return articles[doubts.index(min(doubts))][1:]


def _doubts(node: dict[str, object], said: dict[str, set[str]], rank: int) -> tuple[int, ...]:
    """Why a node might not be the page's own article, as a sort key: address, headline, date, kind."""
    urls = {_folded(value) for key, value in _said_by(node, {}, ()) if key == "url"}
    titles = {_folded(value) for key, value in _said_by(node, {}, ()) if key == "title"}
    return (
        0 if urls & said["url"] else 1,
        0 if titles & said["title"] else 1,
        0 if "headline" in node else 1,
        0 if "datePublished" in node else 1,
        rank,
    )


def _folded(value: str) -> str:
    folded = _plain(value).lower()
    if folded.isascii():
        return folded.encode().translate(None, _NO_LETTERS).decode()
    return "".join(filter(str.isalnum, folded))


def _said_by(
    node: dict[str, object], by_id: dict[str, dict[str, object]], but: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    has_headline = isinstance(node.get("headline"), str)
    for name, key in _JSON_KEYS:
        if name not in node or (name == "name" and has_headline):
            continue
        if key == "kind":
            values = _kinds(node)
        elif key in ("author", "publisher"):
            values = _names(node[name], by_id)
        elif key == "url":
            values = [v for v in _texts(node[name], "@id") if v.startswith(("http://", "https://"))]
        else:
            values = _texts(node[name], "name")
        for value in values[:30]:
            yield key, value


def _texts(value: object, inner: str) -> list[str]:
    """The strings in a value: itself, the items of a list, or a node's own string under a key."""
    listed = value if isinstance(value, list) else [value]
    out = []
    for item in listed[:50]:
        if isinstance(item, dict):
            item = item.get(inner) or item.get("@value")
        if isinstance(item, str):
            out.append(item)
    return out


def _names(value: object, by_id: dict[str, dict[str, object]]) -> list[str]:
    """The names of people or bodies: strings, nodes with a name, or references to such nodes."""
    out: list[str] = []
    queue = [value]
    for n, item in enumerate(queue):
        if n > 100:
            break
        if isinstance(item, list):
            queue.extend(item[:50])
        elif isinstance(item, str):
            if item in by_id:
                queue.append(by_id[item].get("name"))
            elif not item.startswith(("http://", "https://", "#", "/")):
                out.append(item)
        elif isinstance(item, dict):
            name = item.get("name")
            reference = item.get("@id")
            if name is None and isinstance(reference, str) and reference in by_id:
                name = by_id[reference].get("name")
            if name is None and isinstance(item.get("familyName"), str):
                name = f"{item.get('givenName') or ''} {item['familyName']}"
            if isinstance(name, (str, list)):
                queue.append(name)
            elif name is None and isinstance(item.get("@list"), list):
                queue.append(item["@list"])
    return out


# ---------------------------------------------------------------------------------- elements


@cache
def _meta_keys() -> dict[str, tuple[int, str]]:
    """Name of a <meta>: how far down in the list it stands, and its key."""
    lines = files("onrecord.page").joinpath("meta.txt").read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {name: (i, key) for i, (name, key) in enumerate(pairs)}


def _of_elements(stated: Sequence[Stated]) -> list[Found]:
    metas: list[tuple[int, int, Found]] = []
    rest: list[Found] = []
    for i, element in enumerate(stated):
        attributes = dict(reversed(element.attributes))
        if element.tag == "meta":
            found = _of_meta(element, attributes)
            if found:
                metas.append((found[0], i, found[1]))
        else:
            rest.extend(_of_element(element, attributes))
    metas.sort(key=lambda item: item[:2])
    order = {"microdata": 0, "link": 1, "h1": 2, "title": 3, "html": 4, "time": 5}
    rest.sort(key=lambda fact: order[fact.where])
    return [fact for _, _, fact in metas] + rest


def _of_meta(element: Stated, attributes: dict[str, str]) -> tuple[int, Found] | None:
    content = attributes.get("content", "")
    for naming in NAMINGS:
        name = attributes.get(naming, "").strip().lower()
        place, key = _meta_keys().get(name, (0, ""))
        if not key and naming == "itemprop":
            place, key = 1000, _ITEMPROPS.get(name, "")
        if not key or not content:
            continue
        if key == "author" and content.startswith(("http://", "https://")):
            return None
        where = (
            "microdata" if naming == "itemprop" else "og" if name.startswith(("og:", "article:")) else "meta"
        )
        return place, Found(key, content, where, element.first, element.last)
    return None


def _of_element(element: Stated, attributes: dict[str, str]) -> Iterator[Found]:
    tag, place = element.tag, (element.first, element.last)
    prop = attributes.get("itemprop", "").strip().lower()
    rel = attributes.get("rel", "").lower().split()
    if tag == "html" and attributes.get("lang"):
        yield Found("language", attributes["lang"], "html", *place)
    elif tag == "link":
        if "canonical" in rel and attributes.get("href"):
            yield Found("url", attributes["href"], "link", *place)
    elif tag in ("title", "h1") and element.text:
        yield Found("title", element.text, tag, *place)
    if tag == "a" and "author" in rel and element.text:
        yield Found("author", element.text, "link", *place)
    key = _ITEMPROPS.get(prop)
    if tag == "time":
        value = attributes.get("datetime") or element.text
        late = (
            key == "modified"
            or "updat" in attributes.get("class", "")
            or "modif" in attributes.get("class", "")
        )
        yield Found("modified" if late else "published", value, "time", *place)
    elif key:
        value = attributes.get("content") or attributes.get("datetime") or element.text
        if value and not value.startswith(("http://", "https://")):
            yield Found(key, value, "microdata", *place)
