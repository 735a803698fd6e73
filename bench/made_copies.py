"""Articles published again, as desks, blogs and archives do it: made from given ones by a seeded program.

In: an article's title and paragraphs. Out: the pages that publish it again, as bytes (text or HTML).
Leaves to others: whether they are recognised (`copies`). All that is put in is invented.
"""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onrecord.text import sentences


@dataclass(frozen=True)
class Story:
    """What was published: a title and paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Again:
    """One made copy. how: what was done to it."""

    how: str
    content: bytes
    media_type: str


#: Put on top of an updated story.
_NEWS = (
    "{who} said late on {day} that the matter was not closed and that further details would follow.",
    "At least {n} people called the office on {day} alone, according to {who}, who keeps the list.",
    "A spokeswoman, {who}, declined to comment and referred all questions to a statement of {day}.",
    "This version adds the reaction of {who} and corrects the number of those present, which was {n}.",
    "“We have nothing to add for now,” {who} told reporters on {day}. “Ask us again in {n} days.”",
    "The new figures, published on {day}, put the total at {n}, more than was thought at first, {who} said.",
)
_NAMES = ("Ida Marrow", "Tomas Quell", "Petra Alving", "Leon Sarbakov", "Ruth Onslow", "Amadou Keller")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
#: What a sub-editor writes instead.
_OTHER_WORDS = {
    "said": "told reporters",
    "says": "maintains",
    "about": "around",
    "but": "yet",
    "also": "too",
    "many": "a lot of",
    "people": "residents",
    "big": "large",
    "after": "following",
    "before": "ahead of",
    "while": "as",
    "because": "since",
    "is not": "isn't",
    "has been": "was",
    "last week": "a week ago",
    "percent": "per cent",
    "more than": "over",
    "such as": "like",
}
_COMMON = re.compile(r"\b(?:" + "|".join(_OTHER_WORDS) + r")\b")
_BLOGS = ("The Far Shore Reader", "Kestrel & Thorn", "Watchers of the Weir", "North Quay Notes")
_COMMENTS = (
    "I have been saying this for years and nobody listened.",
    "Typical. Where were they when the bridge was closed?",
    "@gullfeather you clearly did not read past the first line",
    "Great piece, thank you for posting it here!",
    "Does anybody know a source for that number? My cousin says it is {n}.",
    "This will end badly, mark my words. Lived here {n} years.",
)
_TITLES = (
    "What you need to know today",
    "A long week, and no end",
    "They said it again",
    "The other side of it",
)
_APPEAL = (
    "Our readers pay for this site. Please consider a gift of ${n} a month. Every coin keeps us going.",
    "Like what you read? Subscribe to our letter, {n} thousand already have.",
)


def shorten(story: Story, rng: random.Random) -> Story:
    """Cut from the end, as a desk does when the page is full: 45 to 85 % of the words stay."""
    share = rng.uniform(0.45, 0.85)
    left = share * _size(story)
    kept = []
    for paragraph in story.paragraphs:
        if left <= 0 and kept:
            break
        kept.append(paragraph)
        left -= len(paragraph.split())
    return Story(story.title, tuple(kept))


def update(story: Story, rng: random.Random) -> Story:
    """New paragraphs on top, numbers changed, a paragraph or two gone, some sentences begun otherwise."""
    new = [_fill(t, rng) for t in rng.sample(_NEWS, rng.randint(1, 4))]
    paragraphs = [
        re.sub(r"\b\d{1,3}\b", lambda m: str(int(m[0]) + rng.randint(0, 9)), p) for p in story.paragraphs
    ]
    if len(paragraphs) > 6:
        del paragraphs[rng.randrange(2, len(paragraphs))]
    said = rng.choice(("stated", "added", "told reporters"))
    paragraphs = [re.sub(r"\bsaid\b", said, p) if rng.random() < 0.3 else p for p in paragraphs]
    return Story(f"UPDATE: {story.title}", (*new, *paragraphs))


def retitle(story: Story, rng: random.Random) -> Story:
    """Another headline, dateline and first words; the rest as it was."""
    first = re.sub(r"^[A-Z][A-Z., ]+(?:\([A-Za-z]+\) )?[—–-]+ ", "", story.paragraphs[0])
    return Story(rng.choice(_TITLES), (f"HALVEC — {first}", *story.paragraphs[1:]))


def edit(story: Story, rng: random.Random) -> Story:
    """A sub-editor's pen all through: a fifth of the sentences gone, other words for common ones."""

    def other(m: re.Match[str]) -> str:
        return _OTHER_WORDS[m[0]] if rng.random() < 0.5 else m[0]

    out = []
    for paragraph in story.paragraphs:
        spans = list(sentences(paragraph, 0, len(paragraph)))
        kept = [s for s in spans if rng.random() >= 0.2] or spans[:1]
        out.append(_COMMON.sub(other, " ".join(paragraph[s.start : s.end] for s in kept)))
    return Story(story.title, tuple(out))


def excerpt(story: Story, rng: random.Random) -> Story:
    """The beginning, as blogs quote it before they send the reader on."""
    n = 0
    for i, paragraph in enumerate(story.paragraphs, 1):
        n += len(paragraph.split())
        if n >= 120 or i == len(story.paragraphs):
            return Story(story.title, story.paragraphs[:i])
    return story


def retype(story: Story, rng: random.Random) -> Story:
    """Other marks, no-break spaces, soft hyphens, words hyphenated at line ends, paragraphs run together."""
    curly, dash = rng.random() < 0.5, rng.choice(("--", "–", " — "))

    def typed(text: str) -> str:
        if curly:
            text = re.sub(r"(^|[\s(])\"", "\\1“", text).replace('"', "”").replace("'", "’")
        else:
            text = re.sub("[“”]", '"', text).replace("’", "'").replace("‘", "'")
        text = re.sub(r"\s?(?:—|--|–)\s?", dash, text)
        words = text.split(" ")
        for i in range(1, len(words)):
            if rng.random() < 0.03:
                words[i] = "\N{NO-BREAK SPACE}" + words[i]
            elif rng.random() < 0.04 and len(words[i]) > 9 and words[i].isalpha():
                at = len(words[i]) // 2
                mark = "\N{SOFT HYPHEN}" if rng.random() < 0.5 else "-\n"
                words[i] = words[i][:at] + mark + words[i][at:]
        return " ".join(words).replace("- \n", "-\n")

    joined: list[str] = []
    for paragraph in story.paragraphs:
        if joined and rng.random() < 0.3:
            joined[-1] += " " + paragraph
        else:
            joined.append(paragraph)
    return Story(typed(story.title), tuple(map(typed, joined)))


def as_text(story: Story, rng: random.Random) -> bytes:
    """A bare text page."""
    return "\n\n".join((story.title, *story.paragraphs)).encode()


def as_html(story: Story, rng: random.Random) -> bytes:
    """A saved page of a paper: navigation, the article, related stories."""
    body = "\n".join(f"<p>{html.escape(p)}</p>" for p in story.paragraphs)
    title = html.escape(story.title)
    return (
        f"<html><head><title>{title} | The Halvec Courier</title></head><body>"
        "<nav><a href='/'>Home</a> <a href='/world'>World</a> <a href='/sport'>Sport</a></nav>"
        f"<article><h1>{title}</h1><p class='byline'>By {rng.choice(_NAMES)}</p>{body}</article>"
        "<aside><h2>Related stories</h2><ul><li><a href='/a'>Ferry strike enters third week</a></li>"
        "<li><a href='/b'>Choir of the year named</a></li></ul></aside>"
        "<footer>© The Halvec Courier. All rights reserved.</footer></body></html>"
    ).encode()


def as_repost(story: Story, rng: random.Random) -> bytes:
    """A blog's repost: its own name, the article, a credit, an appeal, readers' comments."""
    n = rng.randint(2, len(_COMMENTS))
    comments = [_fill(c, rng) for c in rng.sample(_COMMENTS, n)]
    credit = f"Originally published by The Halvec Courier. Republished here by {rng.choice(_BLOGS)}."
    appeal = _fill(rng.choice(_APPEAL), rng)
    if rng.random() < 0.5:
        body = "\n".join(f"<p>{html.escape(p)}</p>" for p in story.paragraphs)
        listed = "".join(
            f"<li class='comment'><b class='author'>{rng.choice(_NAMES)}</b> <p>{html.escape(c)}</p>"
            f"<span>{rng.randint(0, 40)} likes</span> <a href='#'>Reply</a></li>"
            for c in comments
        )
        return (
            f"<html><head><title>{html.escape(story.title)}</title></head><body><h1>{html.escape(story.title)}</h1>"
            f"<div class='entry-content'>{body}<p>{credit}</p></div><p>{appeal}</p>"
            f"<section id='comments'><h3>{n} comments</h3><ol>{listed}</ol></section></body></html>"
        ).encode()
    said = "\n\n".join(
        f"{rng.choice(_NAMES)}\n\n{rng.randint(1, 9)} hours ago\n\n{c}\n\n{rng.randint(0, 40)} likes\n\nReply"
        for c in comments
    )
    lines = (story.title, *story.paragraphs, credit, appeal, f"{n} comments", said)
    return "\n\n".join(lines).encode()


Change = Callable[[Story, random.Random], Story]
Setting = Callable[[Story, random.Random], bytes]
#: What is done, in order, and how the page is set. Each is used as often as the others.
WAYS: tuple[tuple[str, tuple[Change, ...], tuple[Setting, ...]], ...] = (
    ("shortened", (shorten,), (as_text, as_html)),
    ("updated", (update,), (as_text, as_html)),
    ("retitled", (retitle,), (as_text, as_html)),
    ("reposted", (), (as_repost,)),
    ("re-typeset", (retype,), (as_text, as_html)),
    ("edited all through", (edit,), (as_text, as_html)),
    ("excerpted and reposted", (excerpt,), (as_repost,)),
    ("shortened, retitled, re-typeset, reposted", (shorten, retitle, retype), (as_repost,)),
    ("updated, edited, re-typeset", (update, edit, retype), (as_text, as_html)),
)


def publish_again(story: Story, way: int, rng: random.Random) -> Again:
    """One of WAYS, done to a story."""
    how, changes, settings = WAYS[way % len(WAYS)]
    for change in changes:
        story = change(story, rng)
    content = rng.choice(settings)(story, rng)
    return Again(how, content, "text/html" if content.startswith(b"<html") else "text/plain")


def quote_from(story: Story, other: Story, rng: random.Random) -> Story:
    """A different story that prints a passage of another one: at most a quarter of its own words, and at
    most a third of the other's."""
    room = min(_size(story) // 4, _size(other) // 3)
    start = rng.randrange(len(other.paragraphs))
    passage: list[str] = []
    for paragraph in other.paragraphs[start:]:
        room -= len(paragraph.split())
        if room < 0:
            break
        passage.append(paragraph)
    at = rng.randrange(1, len(story.paragraphs) + 1)
    return Story(story.title, (*story.paragraphs[:at], *passage, *story.paragraphs[at:]))


def _size(story: Story) -> int:
    return sum(len(p.split()) for p in story.paragraphs)


def _fill(template: str, rng: random.Random) -> str:
    return template.format(who=rng.choice(_NAMES), day=rng.choice(_DAYS), n=rng.randint(3, 96))


def paragraphs_of(text: str, title: str | None) -> Sequence[str]:
    """A text's paragraphs without the line that repeats its title."""
    found = [p.strip() for p in re.split(r"[\r\n]+", text) if p.strip()]
    if title and found and found[0].rstrip(".") == title.rstrip("."):
        del found[0]
    return found
