"""Who writes under a user name, by what the article calls them: "the acrow7 account", "the poster".

In: a `Scene` and a phrase. Out: Found, or None where it is no such phrase. Leaves to others: where user names stand
(`user_names`), sources that are one (`named`).
"""

from __future__ import annotations

from onrecord.speakers.scene import Found, Scene, as_person
from onrecord.speakers.sources import Phrase
from onrecord.speakers.user_names import is_user_name

#: Nouns for who writes under a user name.
USERS = frozenset({"user", "poster", "account", "commenter", "redditor", "username"})
#: Nouns for what is written under it, and what may stand between the two.
_POSTS = frozenset(
    {"post", "posts", "comment", "comments", "tweet", "tweets", "thread", "last", "first", "latest"}
)


def of_user(scene: Scene, phrase: Phrase) -> Found | None:
    """Who writes under a user name: "the acrow7 account", "acrow7's last post", "the poster" if there is one alone."""
    users = {p.index: p for p in scene.cast.people if any(is_user_name(f) for f in p.forms)}
    if not users:
        return None
    for k in scene.cast.names_in(phrase.start, phrase.end):
        person = scene.cast.person(k)
        if person is None or person.index not in users:
            continue
        name = scene.cast.names[k]
        after = [t.lower for t in scene.layout.tokens_between(name.span.end, phrase.end + 24)]
        written = any(w in _POSTS for w in after[:2]) if name.possessive else False
        if written or phrase.head in USERS:
            return as_person(scene, person, 0.75)
        return None
    short = phrase.core == phrase.head_end and len(phrase.tokens) <= 3
    before = [p for p in users.values() if p.places[0] < phrase.start]
    if (
        short
        and phrase.head in USERS
        and phrase.determiner in ("the", "this")
        and len(users) == len(before) == 1
    ):
        return as_person(scene, before[0], 0.7)
    return None
