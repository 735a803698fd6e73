"""Lines that stand around readers' comments, by their shape: what is over a thread, over a comment and under it.

In: a short unit's text and words. Out: yes or no. The whole lines that settle it alone stand in lists (signs.py); here are
those that vary: "Respect (14)   Reply   Share   Report", "torchlight wrote 2 hours ago:", "3 thoughts on “Mayor opens the weir”".
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.article.lexicon import load_words

#: A line under a comment is made of buttons' words; one of these is never an article's button.
_REPLIES: Final = frozenset(
    (
        "reply", "replies", "upvote", "upvoted", "downvote", "dislike", "dislikes", "flag", "respect", "respectful",
        "recommended", "complain", "likes",
    )
)  # fmt: skip
_THUMBS: Final = re.compile("[\U0001f44d\U0001f44e▲▼]")
_COUNT: Final = re.compile(r"\d+[a-z]{0,2}\Z")
_WHEN: Final = (
    r"(?:\d{1,2}[:.]\d\d|\d{1,3}\s*(?:s|m|h|d|w|y|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?)\b|(?:19|20)\d\d|yesterday|today"
    r"|just now)"
)
#: Over a comment: who wrote it and when; the former ends with a colon.
_WROTE: Final = re.compile(
    rf"(?:.{{2,60}}\b(?:wrote|writes|says|said|posted|commented|replied)\b.{{0,40}}{_WHEN}|.{{0,40}}{_WHEN}.{{2,60}}\b(?:wrote|says|posted)).{{0,12}}:\Z",
    re.IGNORECASE,
)
_WRITTEN: Final = re.compile(rf"(?:posted|written|comment) by .{{2,60}}{_WHEN}.{{0,20}}\Z", re.IGNORECASE)
#: Over a comment: a reader's handle and how long ago, "u/lockkeeper · 5h"; a forum's "by Hob » Mon Mar 04, 2019 9:12 am".
_HANDLE: Final = re.compile(
    r"(?:u/|@|(?=[A-Za-z.-]{0,30}[\d_]))[A-Za-z][\w.-]{1,30}\s*[·•|]\s*\d{1,3}\s*(?:[smhdwy]|mo|min(?:ute)?s?|hours?|days?|weeks?|months?|years?)"
    r"(?:\s+ago)?(?:\s*[·•|].{0,20})?\Z"
)
_FORUM: Final = re.compile(rf"(?:by|from)\s.{{2,40}}\s»\s.{{0,30}}{_WHEN}.{{0,12}}\Z", re.IGNORECASE)
_SUBJECT: Final = re.compile(r"#\d{1,5}\s+Re:\s")
_TO: Final = re.compile(r"\S.{0,38}\s(?:→|▶|>|in reply to)\s\S.{0,38}\Z")
_ON: Final = re.compile(
    r"(?:\d{1,5}\s+)?(?:thoughts?|responses?|comments?|repl(?:y|ies)|discussion)\s+(?:on|to|about)\s+(?:[“\"'‘«]|this (?:post|article|story))",
    re.IGNORECASE,
)
#: A line over a thread has one of these words.
_DISCUSSED: Final = frozenset(
    (
        "thought", "thoughts", "response", "responses", "comment", "comments", "reply", "replies", "discussion", "conversation",
        "say",
    )
)  # fmt: skip
_COUNTED: Final = re.compile(
    r"(?:(?:have your say|your comments|reader comments|join the (?:conversation|discussion))\s*[:|·–-]\s*\d{1,5}\s+\w+"
    r"|(?:(?:all|your|readers?['’]?)\s+)?comments?\s*\(\d{1,5}\).*|\d{1,5}\s+comments?\b.{0,60})",
    re.IGNORECASE,
)


def is_under_comment(text: str, words: tuple[str, ...]) -> bool:
    """Whether the line is the row of buttons and counts under a reader's comment."""
    if _REPLIES.isdisjoint(words) and (text.isascii() or not _THUMBS.search(text)):
        return False
    return all(word in load_words("comment_buttons") or _COUNT.match(word) for word in words)


def is_over_comment(text: str) -> bool:
    """Whether the line says which reader wrote the comment under it, and when, or whom it answers."""
    if text[:1] == "#":
        return _SUBJECT.match(text) is not None
    if "»" in text and _FORUM.match(text):
        return True
    has_mark = "·" in text or "•" in text or "|" in text
    if has_mark and (text[:1] == "@" or text[:1].isalpha()) and _HANDLE.match(text):
        return True
    if text.endswith(":") and _WROTE.match(text):
        return True
    if text[:1] in "pwcPWC" and " by " in text[:12].lower() and _WRITTEN.match(text):
        return True
    return "→" in text and _TO.match(text) is not None


def is_over_thread(text: str, words: tuple[str, ...]) -> bool:
    """Whether the line stands over all comments, with their number or the story's title; others open like comment_orders."""
    if text[-1] in ".!?" or _DISCUSSED.isdisjoint(words):
        return False
    return _ON.match(text) is not None or _COUNTED.fullmatch(text) is not None
