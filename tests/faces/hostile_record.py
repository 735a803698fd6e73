"""A small record of two articles: all that a page can say in them tries to become markup.

In: a path. Out: the record there. Leaves to others: the server on it (`conftest`), what is asked of it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from onrecord.page import parse_page
from onrecord.record import Record, Report, Utterance
from onrecord.types import (
    Addressee,
    Article,
    Attribution,
    CopyKind,
    CopyLink,
    Day,
    Kind,
    Occasion,
    Origin,
    Page,
    Precision,
    RawPage,
    Reader,
    Reading,
    Sketch,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
    TextEvidence,
    Title,
    Unresolved,
    When,
    Zone,
    ZoneKind,
)

EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)>"
LAMP = (
    f"Mayor {EVIL} lights lamp\n\n"
    "“The lamp is lit & it stays lit,” Ana Ruiz said on Monday. “Nobody <b>pays</b> for it.”\n\n"
    "The council said that the lamp was old.\n\n"
    "“It flickers,” somebody said.\n\n"
    "Give us a crown.\n"
)
PIER = "Pier closed\n\n“The lamp is lit,” Ana Ruiz told the Echo.\n"


def made(
    page_id: str, text: str, published: str | None, *said: tuple[Speaker | Unresolved, str, str, str]
) -> tuple[RawPage, Reading]:
    """A page and its reading: title in the first line, an appeal if the last one asks to give."""
    content = text.encode()
    raw = RawPage(page_id, content, hashlib.sha256(content).hexdigest(), "text/plain", Origin(path=page_id))
    page = parse_page(raw)
    assert isinstance(page, Page)
    title = text.split("\n")[0]
    body_end = text.rindex("\n", 0, len(text) - 1) if "Give us" in text else len(text) - 1
    zones = [
        Zone(ZoneKind.TITLE, Span(0, len(title)), 0.9),
        Zone(ZoneKind.BODY, Span(len(title) + 2, body_end), 0.9),
    ]
    if "Give us" in text:
        zones.append(Zone(ZoneKind.APPEAL, Span(body_end + 1, len(text) - 1), 0.8))

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    statements = []
    for speaker, contents, cue, source in said:
        spans = tuple(span(words) for words in contents.split("|"))
        kind = Kind.DIRECT if "“" in contents else Kind.INDIRECT
        statements.append(
            Statement(
                id=hashlib.sha256(f"{page_id}{contents}".encode()).hexdigest()[:16],
                parent=None,
                attribution=Attribution((span(source),), (span(cue),), spans, kind, 0.91),
                speaker=speaker,
                addressee=Addressee("the Echo", TextEvidence(span(source))),
                occasion=Occasion("the lighting", TextEvidence(span(source))),
                said_on=Day("2024-03-11", None, "weekday", TextEvidence(span(cue))) if published else None,
            )
        )
    article = Article(
        page=page,
        zones=tuple(zones),
        title=title,
        titles=(Title("text", title),),
        authors=(f"By {EVIL}",),
        publisher=f"The {EVIL} Echo",
        credited_to=None,
        language="en",
        read_language=True,
        url=f"javascript:alert(1)//{EVIL}",
        published=When(published, Precision.DAY, TextEvidence(Span(0, 1))) if published else None,
        modified=None,
    )
    return raw, Reading(article, tuple(statements), Reader("0.0", (("attributions", "ab" * 32),)))


def person(name: str) -> Speaker:
    return Speaker((name,), SpeakerKind.PERSON, 0.97, TextEvidence(Span(0, 1)))


def fill(path: Path) -> None:
    """Puts the articles, a copy link and an utterance of theirs on record."""
    ana, council = (
        person(f"Ana {EVIL} Ruiz"),
        Speaker(("Council of Lamps",), SpeakerKind.ORGANIZATION, 0.9, TextEvidence(Span(0, 1))),
    )
    no_one = Unresolved(f"two fit {EVIL}", (f"Bo {EVIL}", "Cy"))
    pages = [
        made(
            f"pages/lamp {EVIL}?&#.txt",
            LAMP,
            "2024-03-12",
            (ana, "“The lamp is lit & it stays lit,”|“Nobody <b>pays</b> for it.”", "said on", "Ana Ruiz"),
            (council, "that the lamp was old", "council said", "The council"),
            (no_one, "“It flickers,”", "somebody said", "somebody"),
        ),
        made("../pier.txt", PIER, None, (ana, "“The lamp is lit,”", "told", "Ana Ruiz")),
    ]
    with Record(path) as record:
        for raw, reading in pages:
            record.add(raw, reading, Sketch(0, tuple(range(128)), ()))
        ids = [raw.id for raw, _ in pages]
        record.link_copies(CopyLink(ids[0], ids[1], CopyKind.SHORTENED, 0.93))
        told = [entry.number for entry in record.statements(speaker=ana.names[0])]
        record.replace_utterances(
            told,
            [Utterance("ab" * 8, None, "2024-03-11", None, tuple(Report(n, EVIL) for n in told), 1)],
        )
