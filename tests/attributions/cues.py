"""Makes the rules' cue table: which verbs, followed by what, tell of something said or thought.

usage: python -m tests.attributions.cues TRAIN.jsonl > src/onrecord/attributions/words/cues.txt

TRAIN is in PolNeAR's format. For each verb form and what follows it (`forward.follows`) the share of the
occurrences that head an annotated cue, smoothed by the verb's other forms and by what verbs of saying do
in that place. Verbs of the lists `speech_verbs`, `telling` and `clausal` are in the table even where TRAIN
has none of them.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.attributions.forward import can_be_cue, follows
from onrecord.attributions.lists import words_of
from onrecord.attributions.quotes import find_quotes
from onrecord.attributions.tokens import Item, What, sentences_of
from onrecord.text import paragraphs

#: Shares below this are left out: nothing reads them.
LEAST = 0.3
#: Forms with fewer cues than this, all forms of the verb together, are left out.
LEAST_CUES = 3
KNOWN = words_of("speech_verbs") | words_of("telling") | words_of("clausal")
SMALL = frozenset({"according"}).union(
    *map(
        words_of,
        (
            "auxiliaries",
            "adverbs",
            "subordinators",
            "prepositions",
            "determiners",
            "subjects",
            "objects",
            "times",
        ),
    )
)
WORD = re.compile(r"[^\W\d]\w*(?:[-’'][^\W_]+)*")
IRREGULAR = {
    "said": "say", "saying": "say", "told": "tell", "thought": "think", "wrote": "write", "written": "write",
    "felt": "feel", "saw": "see", "seen": "see", "knew": "know", "known": "know", "found": "find",
    "heard": "hear", "meant": "mean", "sought": "seek", "swore": "swear", "spoke": "speak", "made": "make",
    "gave": "give", "took": "take", "held": "hold", "began": "begin", "went": "go", "laid": "lay",
    "drew": "draw", "understood": "understand",
}  # fmt: skip


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    args = parser.parse_args()
    readings = [json.loads(line) for line in args.articles.read_text(encoding="utf-8").splitlines()]
    print(
        "# Verb, what follows it (see forward.follows), share of such occurrences that are cues in PolNeAR's"
    )
    print("# training part, smoothed. Made by: python -m tests.attributions.cues TRAIN.jsonl")
    for form, after, share in table(readings):
        print(form, after, share)


def table(readings: list[dict[str, Any]]) -> list[tuple[str, str, float]]:
    """(form, what follows, share), sorted."""
    headed = _headed(readings)
    hits: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for reading, heads in zip(readings, headed, strict=True):
        for items, v in _candidates(reading["text"]):
            key = (items[v].low, follows(items, v))
            total[key] += 1
            hits[key] += items[v].start in heads
    verbs: dict[str, set[str]] = defaultdict(set)
    sums: Counter[tuple[str, ...]] = Counter()  # (what, ...) -> hits, and ("n", what, ...) -> total
    for (form, after), n in total.items():
        verb = lemma(form)
        verbs[verb].add(form)
        keys: list[tuple[str, ...]] = [("form", form), ("verb", verb), ("place", verb, after)]
        keys += [("known", after)] if form in KNOWN else []
        for key in keys:
            sums[key] += hits[form, after]
            sums[("n", *key)] += n
    for form in KNOWN:
        verbs[lemma(form)].add(form)
    places = sorted({after for _, after in total})
    out: list[tuple[str, str, float]] = []
    for verb, forms in verbs.items():
        known = any(form in KNOWN for form in forms)
        if sums["verb", verb] < LEAST_CUES and not known:
            continue
        by_verb = _share(sums, ("verb", verb), 0.6, 0)
        by_verb = max(by_verb, 0.3) if known else by_verb
        for form in forms:
            if form in SMALL or len(form) < 3 or (form.endswith("ly") and form != "reply"):
                continue
            by_form = _share(sums, ("form", form), by_verb, 2)
            for after in places:
                usual = _share(sums, ("known", after), 0.5, 0) if by_verb > 0.3 else 0.0
                in_place = _share(sums, ("place", verb, after), (by_verb + usual) / 2, 2)
                n = total[form, after]
                share = (hits[form, after] + 0.75 * (in_place + by_form) + 0.5 * in_place) / (n + 2)
                seen = n or sums["n", "place", verb, after] >= 2
                sure = form in KNOWN and after in ("that", "quote", "colon", "comma", "wh", "pronoun")
                if share >= LEAST and (seen or sure):
                    out.append((form, after, round(share, 2)))
    return sorted(out)


def _share(sums: Counter[tuple[str, ...]], key: tuple[str, ...], prior: float, weight: float) -> float:
    n = sums[("n", *key)] + weight
    return (sums[key] + weight * prior) / n if n else prior


def _headed(readings: list[dict[str, Any]]) -> list[set[int]]:
    """For each reading, where the heads of its cues begin: the first word that is mostly in cues."""
    everywhere: Counter[str] = Counter()
    in_cues: Counter[str] = Counter()
    for reading in readings:
        everywhere.update(word for _, word in _words(reading["text"], 0, len(reading["text"])))
        for a in reading["attributions"]:
            in_cues.update(word for s, e in a["cue"] for _, word in _words(reading["text"], s, e))

    def rate(word: str) -> float:
        return in_cues[word] / everywhere[word] if everywhere[word] > 3 else 0.3

    out: list[set[int]] = []
    for reading in readings:
        heads: set[int] = set()
        for a in reading["attributions"]:
            words = [w for s, e in a["cue"] for w in _words(reading["text"], s, e) if w[1] not in SMALL]
            if words and a["content"]:
                best = max(rate(word) for _, word in words)
                heads.add(next(start for start, word in words if rate(word) >= 0.6 * best))
        out.append(heads)
    return out


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for m in WORD.finditer(text, start, end):
        yield m.start(), m.group().lower().replace("’", "'")


def _candidates(text: str) -> Iterator[tuple[list[Item], int]]:
    """Every word that could be the verb of a cue, in its sentence."""
    tops = [(i, q) for i, q in enumerate(find_quotes(text)) if q.depth == 0]
    at = 0
    for paragraph in paragraphs(text):
        first = at
        while at < len(tops) and tops[at][1].start < paragraph.end:
            at += 1
        for items in sentences_of(text, paragraph, tops[first:at]):
            for v, item in enumerate(items):
                word = item.what is What.WORD and item.low.isalpha() and item.low not in SMALL
                if word and can_be_cue(items, v) is not None:
                    yield items, v


def lemma(form: str) -> str:
    """Something that the forms of a verb share."""
    if form in IRREGULAR:
        return IRREGULAR[form]
    for ending in ("ying", "ied", "ies"):
        if form.endswith(ending) and len(form) > 5:
            return form[: -len(ending)] + "y"
    for ending in ("ing", "ed", "es", "s"):
        if form.endswith(ending) and len(form) - len(ending) >= 3:
            stem = form[: -len(ending)]
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl":
                stem = stem[:-1]
            return stem.rstrip("e")
    return form.rstrip("e")


if __name__ == "__main__":
    main()
