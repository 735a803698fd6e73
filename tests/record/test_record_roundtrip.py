"""Whatever a reading holds survives the store, and the record that holds it verifies."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.record.made import page

from onrecord import runs as floor
from onrecord.errors import RecordError
from onrecord.record import Record, folding, rows
from onrecord.record.rows import packed
from onrecord.runs import byte_span, check_runs
from onrecord.types import (
    Addressee,
    Article,
    Attribution,
    AuthorityEvidence,
    ByteEvidence,
    ByteSpan,
    CopyEvidence,
    Day,
    Encoding,
    Given,
    Kind,
    Occasion,
    Origin,
    Page,
    Precision,
    RawPage,
    Reader,
    Reading,
    Run,
    RunKind,
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

TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=12)
WORDS = TEXTS.map(lambda text: f"w{text}")
SCORES = st.floats(0, 1)
DAYS = st.dates().map(str)
MAYBE = st.none()


@st.composite
def readings(draw: st.DrawFn) -> tuple[RawPage, Reading, Sketch]:
    text = draw(st.text(alphabet=st.sampled_from("ab c\n\0é“”\U0001f600’"), min_size=1, max_size=60))
    content = text.encode()
    n = len(text)

    spans = st.tuples(st.integers(0, n - 1), st.integers(1, n)).map(
        lambda pair: Span(min(pair[0], pair[1] - 1), max(pair[0] + 1, pair[1]))
    )
    evidence = st.one_of(
        spans.map(TextEvidence),
        st.builds(ByteEvidence, st.just(ByteSpan(0, 1)), WORDS),
        st.builds(CopyEvidence, st.just("page")),
        st.builds(AuthorityEvidence, TEXTS),
    )
    unresolved = st.builds(Unresolved, TEXTS, st.lists(TEXTS, max_size=2).map(tuple))
    whens = st.one_of(MAYBE, unresolved, st.builds(When, DAYS, st.sampled_from(Precision), evidence))
    speakers = st.one_of(
        unresolved,
        st.builds(
            Speaker,
            st.lists(WORDS, min_size=1, max_size=3).map(tuple),
            st.sampled_from(SpeakerKind),
            SCORES,
            evidence,
            st.one_of(MAYBE, WORDS),
            st.one_of(MAYBE, TEXTS),
        ),
    )
    some_spans = st.lists(spans, max_size=2).map(lambda found: tuple(sorted(found)))
    statements = []
    for i in range(draw(st.integers(0, 4))):
        earlier = st.one_of(MAYBE, st.integers(0, i - 1)) if i else MAYBE
        parent = draw(earlier)
        attribution = Attribution(
            source=draw(some_spans),
            cue=draw(some_spans),
            content=(draw(spans), *draw(some_spans)),
            kind=draw(st.sampled_from(Kind)),
            score=draw(SCORES),
            parent=parent,
            continues=draw(earlier),
        )
        statements.append(
            Statement(
                id=f"{i:016x}",
                parent=None if parent is None else f"{parent:016x}",
                attribution=attribution,
                speaker=draw(speakers),
                addressee=draw(st.one_of(MAYBE, st.builds(Addressee, TEXTS, evidence))),
                occasion=draw(st.one_of(MAYBE, st.builds(Occasion, TEXTS, evidence))),
                said_on=draw(
                    st.one_of(
                        MAYBE, unresolved, st.builds(Day, DAYS, st.one_of(MAYBE, DAYS), TEXTS, evidence)
                    )
                ),
            )
        )
    given_line = draw(
        st.one_of(
            MAYBE, st.builds(Given, st.one_of(MAYBE, TEXTS), authors=st.lists(TEXTS, max_size=2).map(tuple))
        )
    )
    origin = Origin("page", draw(st.one_of(MAYBE, TEXTS)), draw(st.one_of(MAYBE, TEXTS)))
    sha256 = hashlib.sha256(content).hexdigest()
    read_page = Page(
        "page", sha256, "text/plain", origin, text, Encoding("utf-8", "utf-8"),
        (Run(0, n, 0, len(content), RunKind.SAME),), given=given_line,
    )  # fmt: skip
    maybe_text = st.one_of(MAYBE, TEXTS)
    article = Article(
        page=read_page,
        zones=tuple(draw(st.lists(st.builds(Zone, st.sampled_from(ZoneKind), spans, SCORES), max_size=4))),
        title=draw(maybe_text),
        titles=tuple(draw(st.lists(st.builds(Title, TEXTS, TEXTS), max_size=2))),
        authors=tuple(draw(st.lists(TEXTS, max_size=2))),
        publisher=draw(maybe_text),
        credited_to=draw(maybe_text),
        language=draw(maybe_text),
        read_language=draw(st.booleans()),
        url=draw(maybe_text),
        published=draw(whens),
        modified=draw(whens),
    )
    weights = tuple(sorted(draw(st.dictionaries(TEXTS, TEXTS, max_size=2)).items()))
    sketch = Sketch(
        draw(st.integers(0, 999)),
        tuple(draw(st.lists(st.integers(0, 2**32 - 1), max_size=4))),
        tuple(draw(st.lists(TEXTS, max_size=4, unique=True))),
    )
    raw = RawPage("page", content, sha256, "text/plain", origin, draw(maybe_text), given_line)
    return raw, Reading(article, tuple(statements), Reader("1", weights)), sketch


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(readings())
def test_a_reading_survives_the_store(record: Record, made: tuple[RawPage, Reading, Sketch]) -> None:
    raw, reading, sketch = made
    for entry in record.pages():  # of an example that failed
        record.remove(entry.key.id, "left over")
    record.add(raw, reading, sketch)
    assert record.reading("page", as_read=True) == record.reading("page") == reading
    assert record.raw(raw.sha256) == raw
    assert record.sketch("page") == sketch
    assert list(record.verify()) == []
    assert {e.statement for e in record.statements()} == set(reading.statements)
    record.replace_reading(raw, reading, sketch)
    assert record.reading("page") == reading
    assert list(record.verify()) == []
    record.remove("page", "a test")
    assert record.pages() == ()
    assert list(record.verify()) == []


RUNS = st.lists(
    st.builds(
        Run,
        st.integers(0, 2**40),
        st.integers(0, 2**40),
        st.integers(0, 2**40),
        st.integers(0, 2**40),
        st.sampled_from(RunKind),
    )
).map(tuple)


@given(RUNS)
def test_any_runs_survive_packing(runs: tuple[Run, ...]) -> None:
    assert rows.unpack_runs(rows.pack_runs(runs)) == runs


@given(st.binary(max_size=200), st.integers(0, 300), st.integers(1, 255))
def test_a_flipped_or_lost_byte_of_what_is_packed_is_never_taken_for_the_original(
    content: bytes, place: int, flip: int
) -> None:
    packed = rows.pack(content)
    assert rows.unpack(packed) == content
    damaged = bytearray(packed)
    damaged[place % len(packed)] ^= flip
    for broken in (bytes(damaged), packed[: place % len(packed)], packed + b"x"):
        try:
            assert rows.unpack(broken) == content  # a bit of the header that says how hard zlib tried
        except RecordError:
            continue


def test_a_blob_that_grows_beyond_all_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(RecordError, match="does not unpack"):
        rows.unpack(rows.pack(b"x" * 5000))


def test_runs_of_a_page_full_of_markup_stay_small() -> None:
    runs = tuple(Run(i * 80, i * 80 + 80, i * 130, i * 130 + 80, RunKind.SAME) for i in range(5000))
    assert len(rows.pack_runs(runs)) < 1000


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2014", "2014-01-01", "2014-12-31"),
        ("2014-07", "2014-07-01", "2014-07-31"),
        ("2014-07-09", "2014-07-09", "2014-07-09"),
        ("2014-07-09T23:30:00-05:00", "2014-07-09", "2014-07-09"),
        ("yesterday", None, None),
        (None, None, None),
    ],
)
def test_days_of_dates(date: str | None, first: str | None, last: str | None) -> None:
    assert (rows.first_day(date), rows.last_day(date)) == (first, last)


@given(st.one_of(st.text(max_size=40), st.text(alphabet="ab'’‘“”–—…\u00a0 \n_É1`", max_size=40)))
def test_words_are_the_same_on_the_short_way_and_the_long(text: str) -> None:
    assert folding.words_of(text) == folding.words_of(text + " ☕").strip()


def test_the_innermost_zone_counts() -> None:
    body, caption, inner = (
        Zone(ZoneKind.BODY, Span(0, 100), 1),
        Zone(ZoneKind.CAPTION, Span(10, 30), 1),
        Zone(ZoneKind.CREDIT, Span(20, 30), 1),
    )
    assert rows.innermost_zones((body, caption, inner), [0, 10, 25, 30, 99, 100]) == [
        ZoneKind.BODY,
        ZoneKind.CAPTION,
        ZoneKind.CREDIT,
        ZoneKind.BODY,
        ZoneKind.BODY,
        None,
    ]
    assert rows.innermost_zones((inner, caption, body), [25]) == [ZoneKind.CREDIT]


def test_a_lone_surrogate_keeps_every_offset() -> None:
    assert folding.plain("a\ud800b") == "a�b"
    assert rows.load(rows.dump({"title": "a\ud800b"})) == {"title": "a\ud800b"}


def test_made_notation() -> None:
    made = page("x", "<Ana> <said> “[yes].”")
    assert made.reading.article.page.text == "Ana said “yes.”"
    assert made.reading.statements[0].attribution.kind is Kind.DIRECT


@given(
    st.text(alphabet=st.sampled_from("ab é“\U0001f600"), max_size=30),
    st.sampled_from(["utf-8", "utf-16-le", "utf-16", "gb18030"]),
    st.integers(1, 7),
    st.data(),
)
def test_cutting_runs_moves_no_byte(text: str, encoding: str, length: int, data: st.DataObject) -> None:
    content = text.encode(encoding)
    runs = (Run(0, len(text), 0, len(content), RunKind.SAME),) if text else ()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(floor, "MAX_RUN_CHARS", length)
        cut = floor.refined(runs, text, encoding)
    if encoding == "utf-16":  # every piece would get a byte order mark of its own
        assert cut == runs or len(text) <= length
        return
    assert check_runs(content, text, cut, encoding) == ()
    for start in range(len(text)):
        span = Span(start, data.draw(st.integers(start + 1, len(text))))
        assert byte_span(cut, span, text, encoding) == byte_span(runs, span, text, encoding)
