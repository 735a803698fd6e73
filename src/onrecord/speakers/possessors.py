"""Names that open with a possessive pronoun: "her campaign's memo", "his brother", "its members".

In: a `Scene`, the phrase and the answer that was found for it. Out: the answer with whose it is in the name, where
that is sure enough, or else without the pronoun, which means nothing outside its article.
"""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.speakers.bodies import of_campaign
from onrecord.speakers.scene import Found, Scene, of_personal
from onrecord.speakers.sources import PERSONAL, Phrase, read_phrase
from onrecord.types import Span, SpeakerKind

#: Whose it is stands in the name from this score on: a wrong owner is worse than none.
SURE = 0.87
_PRONOUN = re.compile(r"(his|her|its|their|my|our)\s+(?=\w)", re.IGNORECASE)
_CAMPAIGN = re.compile(r"(?:his|her)\s+(?:\w+\s+){0,2}?campaign(?=['’]s\s)", re.IGNORECASE)


def with_possessor(scene: Scene, phrase: Phrase, found: Found) -> Found:
    """The answer with its name made whole; names of people and bodies stay as they are."""
    m = _PRONOUN.match(found.names[0])
    named = found.kind in (SpeakerKind.GROUP, SpeakerKind.DOCUMENT, SpeakerKind.UNNAMED)
    if m is None or not named or len(found.names) > 1 or not phrase.tokens:
        return found
    if phrase.tokens[0].lower != m[1].lower():
        return replace(found, names=(found.names[0][m.end() :],))
    owned = _CAMPAIGN.match(scene.text, phrase.start, phrase.end)
    if owned is not None and found.kind is SpeakerKind.DOCUMENT:
        campaign = of_campaign(scene, read_phrase(scene.cast, phrase.start, owned.end()))
        if isinstance(campaign, Found):
            return replace(campaign, score=min(campaign.score, 0.75))
    rest = found.names[0][m.end() :]
    if m[1].lower() in PERSONAL:
        span = Span(phrase.tokens[0].start, phrase.tokens[0].end)
        owner = of_personal(scene, span.start, PERSONAL[m[1].lower()], span)
        if isinstance(owner, Found) and len(owner.names) == 1 and owner.score >= SURE:
            return replace(found, names=(f"{owner.names[0]}’s {rest}",), score=min(found.score, owner.score))
    return replace(found, names=(rest,))
