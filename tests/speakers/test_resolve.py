"""Who is named, for every kind of source; the people, papers and places are invented."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.speakers.told import article_of, told

from onrecord.speakers import resolve_speakers
from onrecord.speakers.calibration import calibrated
from onrecord.speakers.scene import THRESHOLD
from onrecord.types import Attribution, Kind, Span, Speaker, SpeakerKind, TextEvidence, Unresolved, Voice


def voices(notation: str, **given: object) -> tuple[Voice, ...]:
    return resolve_speakers(*told(notation, **given))  # type: ignore[arg-type]


def named(notation: str, **given: object) -> list[str]:
    """Names in the order of the contents, joint ones with "+"; "?" for unresolved."""
    return [
        "+".join(v.speaker.names) if isinstance(v.speaker, Speaker) else "?"
        for v in voices(notation, **given)
    ]


def kind(notation: str, **given: object) -> SpeakerKind | None:
    speaker = voices(notation, **given)[0].speaker
    return speaker.kind if isinstance(speaker, Speaker) else None


CASES = {
    "a surname is the full name": (
        "Ana Ruiz runs the dam. <source>Ruiz</source> <cue>said</cue> <content>it is safe</content>.",
        ["Ana Ruiz"],
    ),
    "titles are no part of a name": (
        "<source>Sen. Ana Ruiz (D-Ohio)</source> <cue>said</cue> <content>it is safe</content>.",
        ["Ana Ruiz"],
    ),
    "a middle initial belongs to it": (
        "<source>Mayor Tom B. Webb</source> <cue>said</cue> <content>no</content>.",
        ["Tom B. Webb"],
    ),
    "an apposition ends it": (
        "<source>Tom Webb, head of the Harbor Watch,</source> <cue>said</cue> <content>no</content>.",
        ["Tom Webb"],
    ),
    "a name after its description": (
        "<source>A lawyer for the port, Tom Webb,</source> <cue>said</cue> <content>no</content>.",
        ["Tom Webb"],
    ),
    "a name after an office in capitals": (
        "<source>Minister of Health, Dr Ilse Brandt,</source> <cue>said</cue> <content>no</content>.",
        ["Ilse Brandt"],
    ),
    "an office in capitals without a name after it": (
        "<source>Minister of Health Helen Brandt</source> <cue>said</cue> <content>no</content>. "
        "<source 2>The Ministry of Roads, in Orlo,</source> <cue 2>said</cue> <content 2>it knew nothing</content>.",
        ["Helen Brandt", "Ministry of Roads"],
    ),
    "a member's title is no part of a name": (
        "MEC for Roads, Tomas Vale, spoke. <source>MEC Vale</source> <cue>said</cue> <content>no</content>. "
        "<source 2>Labour MP Bea Dorn</source> <cue 2>said</cue> <content 2>yes</content>. "
        "<source 3>The MP</source> <cue 3>said</cue> <content 3>it was late</content>.",
        ["Tomas Vale", "Bea Dorn", "Bea Dorn"],
    ),
    "a headline's surname is the body's full name": (
        "# <source>Ruiz</source> <cue>Calls</cue> <content>Dam Safe</content>\nAna Ruiz spoke at the dam.",
        ["Ana Ruiz"],
    ),
    "two who share a surname: the title tells": (
        "Ana Ruiz and Tom Ruiz ran. <source>Mrs. Ruiz</source> <cue>said</cue> <content>no</content>.",
        ["Ana Ruiz"],
    ),
    "two who share a surname: nothing tells": (
        "Ana Ruiz said yes. Tom Ruiz said no. <content>Perhaps</content>, <source>Ruiz</source> <cue>said</cue>.",
        ["?"],
    ),
    "honours are no part of a name": (
        "<source>Sir Desmond Pyle KC</source> <cue>said</cue> <content>no</content>.",
        ["Desmond Pyle"],
    ),
    "a time is no part of a name": (
        "Harbor Lines runs ferries. <source>Harbor Lines today</source> <cue>announced</cue> <content>a fare</content>.",
        ["Harbor Lines"],
    ),
    "a daughter by a first name that no list has": (
        "Helen Strand asked him. Mr Rusk's <source>daughter Morwenna</source> <cue>said</cue> <content>no</content>. "
        "<source 2>She</source> <cue 2>stressed</cue> <content 2>it</content>.",
        ["Morwenna", "Morwenna"],
    ),
    "she is not who spoke before an unnamed witness": (
        'Helen Strand asked who knew. <content>"I did,"</content> <source>the witness</source> <cue>said</cue>. '
        "<source 2>She</source> <cue 2>said</cue> <content 2>it was late</content>.",
        ["?", "?"],
    ),
    "which stands for the body, not for the clause before it": (
        "Press secretary Lou Vance referred questions to the Army Corps of Engineers, <source>which</source> "
        "<cue>said</cue> <content>nothing new</content>.",
        ["Army Corps of Engineers"],
    ),
    "the answers of an interview whose guest is not named": (
        "<source>Q</source><cue>:</cue> <content>Why not?</content>\n<source 2>A</source><cue 2>:</cue> "
        "<content 2>Because.</content>\nQ: And then?\nA: Bread.",
        ["?", "?"],
    ),
    "a lord by his surname, behind his office": (
        "Kurt Oakes sued. <source>The commissioners' chairman, Lord Petrie,</source> <cue>said</cue> <content>no</content>.",
        ["Petrie"],
    ),
    "a daughter by her first name, behind what she is": (
        "Kurt Oakes sued. <source>His daughter, Elsie,</source> <cue>said</cue> <content>no</content>.",
        ["Elsie"],
    ),
    "he and she": (
        "Ana Ruiz met Tom Webb on the quay. <source>He</source> <cue>said</cue> <content>no</content>. "
        "<source 2>She</source> <cue 2>said</cue> <content 2>yes</content>.",
        ["Tom Webb", "Ana Ruiz"],
    ),
    "the speaker goes on": (
        'Tom Webb met Paul Stone. <content>"It held,"</content> <source>Webb</source> <cue>said</cue>. '
        '<content 2>"It will hold,"</content> <source 2>he</source> <cue 2>added</cue>.',
        ["Tom Webb", "Tom Webb"],
    ),
    "who": (
        "The keys went to Ana Ruiz, <source>who</source> <cue>has said</cue> <content>it is safe</content>.",
        ["Ana Ruiz"],
    ),
    "who, behind an apposition": (
        "They met Ana Ruiz, the harbor master, <source>who</source> <cue>said</cue> <content>no</content>.",
        ["Ana Ruiz"],
    ),
    "an office with its state": (
        "Sen. Ana Ruiz (D-Ohio) and Sen. Tom Webb (R-Utah) met. <source>The Utah senator</source> "
        "<cue>said</cue> <content>no</content>.",
        ["Tom Webb"],
    ),
    "an office with its country, by another noun": (
        "Norwegian President Ana Ruiz met Chilean President Tom Webb. <source>The Chilean leader</source> "
        "<cue>said</cue> <content>no</content>.",
        ["Tom Webb"],
    ),
    "his lawyer": (
        "Tom Webb was charged. A lawyer for Webb, Ana Ruiz, came. "
        "<source>His lawyer</source> <cue>said</cue> <content>no</content>.",
        ["Ana Ruiz"],
    ),
    "a capital is its government": (
        "<source>Oslo</source> <cue>denied</cue> <content>the claim</content>.",
        ["Government of Norway"],
    ),
    "two capitals are two governments": (
        "<source>Lima and Quito</source> <cue>said</cue> <content>no</content>.",
        ["Government of Peru+Government of Ecuador"],
    ),
    "a country and others": (
        "<source>Peru and its northern allies</source> <cue>said</cue> <content>no</content>.",
        ["Government of Peru and its northern allies"],
    ),
    "a ministry by its country": (
        "<source>The Danish foreign ministry</source> <cue>said</cue> <content>no</content>.",
        ["Ministry of Foreign Affairs (Denmark)"],
    ),
    "a ministry by its capital": (
        "<source>Oslo’s defence ministry</source> <cue>said</cue> <content>no</content>.",
        ["Ministry of Defence (Norway)"],
    ),
    "it is the ministry before": (
        "The Danish foreign ministry statement came late. <source>It</source> <cue>said</cue> "
        "<content>no</content>.",
        ["Ministry of Foreign Affairs (Denmark)"],
    ),
    "a campaign": (
        "Ana Ruiz runs. <source>The Ruiz campaign</source> <cue>said</cue> <content>no</content>. "
        "<source 2>Her campaign</source> <cue 2>added</cue> <content 2>more</content>.",
        ["Ruiz campaign", "Ruiz campaign"],
    ),
    "a body by a shorter name, and by its noun": (
        "The Harbor Safety Committee met. <source>The Safety Committee</source> <cue>said</cue> "
        "<content>no</content>. <source 2>The committee</source> <cue 2>added</cue> <content 2>more</content>.",
        ["Harbor Safety Committee", "Harbor Safety Committee"],
    ),
    "joint speakers": (
        "<source>Ana Ruiz and Tom Webb</source> <cue>said</cue> <content>no</content>.",
        ["Ana Ruiz+Tom Webb"],
    ),
    "the two": (
        "Ana Ruiz faced Tom Webb. <source>The two candidates</source> <cue>said</cue> <content>no</content>.",
        ["Ana Ruiz+Tom Webb"],
    ),
    "a group in the article's words": (
        "<source>The rebels in the eastern hills</source> <cue>said</cue> <content>no</content>.",
        ["rebels in the eastern hills"],
    ),
    "an unnamed source": (
        "Ana Ruiz spoke. <source>A senior port official</source> <cue>said</cue> <content>no</content>.",
        ["senior port official"],
    ),
    "adding, without a subject": (
        "<source>Ana Ruiz</source> <cue>said</cue> <content>it held</content>, <cue 2>adding</cue> "
        "<content 2>that it would hold</content>.",
        ["Ana Ruiz", "Ana Ruiz"],
    ),
    "nobody, where nobody is named": (
        "<cue>It is said</cue> <content>that the dam is old</content>.",
        ["?"],
    ),
    "a pronoun without anybody": ("<source>She</source> <cue>said</cue> <content>no</content>.", ["?"]),
    "the office of the day, from the list": (
        "<source>The German chancellor</source> <cue>said</cue> <content>no</content>.",
        ["Angela Merkel"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_name(case: str) -> None:
    notation, wanted = CASES[case]
    assert named(notation) == wanted


def test_a_day_without_office_names_nobody() -> None:
    notation = "<source>The German chancellor</source> <cue>said</cue> <content>no</content>."
    assert named(notation, day=None) == ["?"]
    assert named(notation, day="2022-03-01") == ["Olaf Scholz"]


def test_comments_supply_no_speaker() -> None:
    notation = "<source>She</source> <cue>said</cue> <content>no</content>.\n--- comments\nAna Ruiz was right. She knew."
    assert named(notation) == ["?"]


def test_a_source_in_the_comments_is_nobody() -> None:
    notation = "The dam held.\n--- comments\n<source>Ana Ruiz</source> <cue>said</cue> <content>no</content>"
    assert named(notation) == ["?"]


def test_i_is_the_author() -> None:
    notation = "<source>I</source> <cue>wondered</cue> <content>whether it would hold</content>."
    voice = voices(notation, authors=("Ana Ruiz",))[0]
    assert isinstance(voice.speaker, Speaker)
    assert (voice.speaker.names, voice.speaker.kind) == (("Ana Ruiz",), SpeakerKind.AUTHOR)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Ana Ruiz", SpeakerKind.PERSON),
        ("Oslo", SpeakerKind.ORGANIZATION),
        ("Experts on dams", SpeakerKind.GROUP),
        ("An official", SpeakerKind.UNNAMED),
        ("A new report", SpeakerKind.DOCUMENT),
    ],
)
def test_the_kind(source: str, expected: SpeakerKind) -> None:
    assert kind(f"<source>{source}</source> <cue>said</cue> <content>no</content>.") is expected


def test_who_has_an_age_is_a_person() -> None:
    said = "<content>“No,”</content> <cue>says</cue> <source>Bettwen</source>, 61, from Orlo."
    assert kind(said) is SpeakerKind.PERSON


def test_a_spokesperson_speaks_for_the_body() -> None:
    notation = (
        "<source>Harbor Safety Committee spokeswoman Ana Ruiz</source> <cue>said</cue> <content>no</content>."
    )
    speaker = voices(notation)[0].speaker
    assert isinstance(speaker, Speaker)
    assert (speaker.names, speaker.on_behalf_of) == (("Ana Ruiz",), "Harbor Safety Committee")


def test_two_men_alike_are_a_gap_with_both_as_candidates() -> None:
    notation = "Tom Webb and Paul Stone met Mark Lane. <source>The man</source> <cue>said</cue> <content>no</content>."
    speaker = voices(notation)[0].speaker
    assert isinstance(speaker, Unresolved)
    assert speaker.why


def test_a_continued_quotation_is_its_speakers() -> None:
    article = article_of('Ana Ruiz said: "It held.\n"It will hold."')
    first = Attribution((Span(0, 8),), (Span(9, 13),), (Span(15, 24),), Kind.DIRECT, 1.0)
    second = Attribution((), (), (Span(25, 39),), Kind.DIRECT, 1.0, continues=0)
    for order in ((first, second), (second, first)):
        renumbered = tuple(
            a
            if a.continues is None
            else Attribution((), (), a.content, a.kind, 1.0, continues=order.index(first))
            for a in order
        )
        for voice in resolve_speakers(article, renumbered):
            assert isinstance(voice.speaker, Speaker)
            assert voice.speaker.names == ("Ana Ruiz",)


@pytest.mark.parametrize(
    ("after", "name"),
    [
        ("reporters", "reporters"),
        ("the crowd", "the crowd"),
        ("Webb", "Tom Webb"),
        ("Rest of Harbour", "Rest of Harbour"),
    ],
)
def test_the_addressee(after: str, name: str) -> None:
    notation = f"Tom Webb came. <source>Ana Ruiz</source> <cue>told</cue> {after} on Monday <content>that it held</content>."
    article, attributions = told(notation)
    addressee = resolve_speakers(article, attributions)[0].addressee
    assert addressee is not None
    assert addressee.name == name
    assert isinstance(addressee.evidence, TextEvidence)
    span = addressee.evidence.span
    assert article.page.text[span.start : span.end] == after


def test_what_is_told_is_no_addressee() -> None:
    article, attributions = told(
        "<source>Ana Ruiz</source> <cue>told the truth about</cue> <content>the leak that nobody saw</content>."
    )
    assert resolve_speakers(article, attributions)[0].addressee is None


def test_no_attribution_no_voice() -> None:
    assert resolve_speakers(article_of("The dam held."), ()) == ()


def test_the_answer_can_be_pickled() -> None:
    given_voices = voices(CASES["he and she"][0])
    assert pickle.loads(pickle.dumps(given_voices)) == given_voices


_WORDS = st.sampled_from(
    [
        "Ana",
        "Ruiz",
        "Webb,",
        "he",
        "she",
        '"It',
        "said",
        "told",
        "the",
        "senator",
        "and",
        "of",
        "Oslo",
        "who",
        "(",
        ")",
        "☒",
        "“",
        "”",
        "\n",
        "President's",
        "Mr.",
        "U.S.",
        "—",
        "3",
        "it",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, min_size=3, max_size=60), st.data())
def test_any_spans_get_a_voice_each_and_always_the_same(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    place = st.integers(0, len(text) - 2)

    def spans(most: int) -> tuple[Span, ...]:
        starts = data.draw(st.lists(place, max_size=most))
        return tuple(Span(s, min(len(text), s + data.draw(st.integers(1, 12)))) for s in sorted(starts))

    attributions = tuple(
        Attribution(
            spans(2),
            spans(1),
            spans(2) or (Span(0, 1),),
            Kind.MIXED,
            0.5,
            continues=data.draw(st.sampled_from([None, 0])),
        )
        for _ in range(data.draw(st.integers(1, 4)))
    )
    article = article_of(text)
    found = resolve_speakers(article, attributions)
    assert found == resolve_speakers(article, attributions)
    assert len(found) == len(attributions)
    for voice in found:
        if isinstance(voice.speaker, Speaker):
            assert voice.speaker.names
            assert 0 <= voice.speaker.score <= 1
            if voice.speaker.kind in (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION):
                assert voice.speaker.score >= round(calibrated(THRESHOLD), 3)
            if isinstance(voice.speaker.evidence, TextEvidence):
                assert voice.speaker.evidence.span.end <= len(text)


@pytest.mark.parametrize(
    "line",
    ["Ann's " * 20_000, '"' * 100_000, "Ann Lee and " * 15_000, "President of " * 15_000, ". A" * 40_000],
    ids=["owners", "marks", "lists", "offices", "initials"],
)
def test_a_hostile_line_is_read_in_a_few_seconds(line: str) -> None:
    attributions = tuple(
        Attribution((Span(i, i + 5),), (Span(i + 6, i + 8),), (Span(i + 9, i + 15),), Kind.INDIRECT, 1.0)
        for i in range(0, len(line) - 20, len(line) // 60)
    )
    assert len(resolve_speakers(article_of(line), attributions)) == len(attributions)
