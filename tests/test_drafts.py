"""A draft from end to end: every quotation in it, where it stands, whom it names, what the record says."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.command import onrecord

from onrecord import Options, Record, pipeline
from onrecord.pipeline import Claim, Draft
from onrecord.types import Rejected

RULES = Options(tagger="rules")

PAGE = """Harbour Lamp Stays Lit, Mayor Says

By Tomas Birk
4 May 2031

“We will keep the lamp lit until the last boat is home,” Mayor Ines Calder told the council on Monday.
“It costs us nine crowns a night,” she said. “Nobody has ever asked for them back.”

Harbour master Olaf Reyes said: “The old lamp was never bright enough for the northern channel.”

Reyes said that the council would buy a second lamp next year.
"""


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    folder = tmp_path_factory.mktemp("drafts")
    (folder / "lamp.txt").write_text(PAGE, encoding="utf-8")
    with Record(folder / "record.db") as record:
        list(pipeline.add(record, [str(folder / "lamp.txt")], options=RULES))
        yield record


def read(text: str, name: str = "draft.md") -> Draft:
    draft = pipeline.parse_draft(name, text.encode(), options=RULES)
    assert isinstance(draft, Draft), draft
    return draft


def said(claim: Claim) -> tuple[str, str, tuple[str, ...]]:
    return claim.place, claim.quote, claim.speakers


DRAFT = """# Lamp

By Me

“We will keep the lamp lit until the last boat
is home,” Ines Calder said.

“It costs us nine crowns a night,” the mayor said. “Nobody has ever
asked for them back.”

> The old lamp was never bright enough.

“The lamp goes out on Sunday.”
"""


def test_every_quotation_with_its_place_and_whom_the_draft_names() -> None:
    claims = read(DRAFT).claims
    assert [(c.place, c.quote) for c in claims] == [
        ("line 5", "“We will keep the lamp lit until the last boat is home,”"),
        (
            "line 8",
            "“It costs us nine crowns a night,” the mayor said. “Nobody has ever asked for them back.”",
        ),
        ("line 11", "The old lamp was never bright enough."),
        ("line 13", "“The lamp goes out on Sunday.”"),
    ]
    assert claims[0].speakers == ("Ines Calder",)
    assert claims[0].where == "draft.md, line 5"
    assert claims[1].source == "the mayor"
    assert claims[1].words == "“It costs us nine crowns a night, Nobody has ever asked for them back.”"


def test_the_record_answers_each_in_order(record: Record) -> None:
    checked = list(pipeline.check_draft(record, read(DRAFT)))
    verdicts = [c.answer.verdict.value if c.answer else c.problem for c in checked]
    assert verdicts == ["verbatim", "verbatim", "verbatim", "absent"]
    assert [c.is_good for c in checked] == [True, True, True, False]


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        ("“It costs us nine crowns a night,” said Olaf Reyes.", "misattributed"),
        ("“It costs us ten crowns a night,” said Ines Calder.", "altered"),
        ("“It costs us … a night,” said Ines Calder.", "abridged"),
        ("Olaf Reyes said: “The council will buy a second lamp next year.”", "reported"),
        # the halves of a quotation that is one on record, with another "he said" between them
        (
            "“It costs us nine crowns a night. Nobody,” Calder said, “has ever asked for them back.”",
            "verbatim",
        ),
    ],
)
def test_verdicts(record: Record, draft: str, verdict: str) -> None:
    (checked,) = pipeline.check_draft(record, read(draft))
    assert checked.answer is not None
    assert checked.answer.verdict == verdict


@pytest.mark.parametrize(
    "around",
    [
        "By {}\n\nText that follows here.",
        "Share this: {}\n\nMore stories\n",
        "12 May\n\n{}",
        "Comments (3)\n\n1. Bo: {}\n\nLike | Reply",
        "Please give. {} Sign up for our newsletter!",
        "Photo: {}",
    ],
)
def test_no_zone_hides_a_quotation(around: str) -> None:
    claims = read(around.format("“We will keep the lamp lit.”"), "draft.txt").claims
    assert [c.quote for c in claims] == ["“We will keep the lamp lit.”"]


def test_html_and_its_line_in_the_file() -> None:
    html = (
        "<html><body>\n<nav>\n<a href='#'>Home</a></nav>\n<p>Calder said:\n &ldquo;The lamp is &amp;\nstays"
        " lit&rdquo;</p>\n<blockquote>It costs nine crowns.</blockquote></body></html>"
    )
    claims = read(html, "draft.html").claims
    assert [(c.place, c.quote) for c in claims] == [
        ("line 5", "“The lamp is & stays lit”"),
        ("line 7", "It costs nine crowns."),
    ]


def word(*paragraphs: str) -> bytes:
    out = io.BytesIO()
    body = "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
        )
    return out.getvalue()


def test_a_word_document_by_its_paragraphs() -> None:
    content = word("The lamp", "“It costs us nine crowns a night,” said Ines Calder.")
    draft = pipeline.parse_draft("lamp.docx", content, options=RULES)
    assert isinstance(draft, Draft)
    (claim,) = draft.claims
    assert said(claim) == ("paragraph 2", "“It costs us nine crowns a night,”", ("Ines Calder",))
    assert claim.line == 2


def test_a_source_that_names_nobody_is_said(record: Record) -> None:
    draft = read("“It costs us nine crowns a night,” a neighbour said.")
    (claim,) = draft.claims
    assert claim.speakers == ()
    assert claim.unsettled
    (checked,) = pipeline.check_draft(record, draft)
    assert checked.answer is not None
    assert checked.answer.claimed is None


def test_the_option_speaks_for_nobodys_quotations_alone(record: Record) -> None:
    draft = read("“It costs us nine crowns a night,” said Ines Calder.\n\n“It costs us nine crowns a night.”")
    named, bare = pipeline.check_draft(record, draft, "Olaf Reyes")
    assert named.is_good
    assert bare.claim.speakers or not bare.is_good


def test_another_language_is_checked_without_speakers(record: Record) -> None:
    text = (
        "Die Bürgermeisterin sagte am Montag vor dem Rat der Stadt, dass die Lampe im Hafen weiter brennen"
        " werde, und fügte hinzu: „It costs us nine crowns a night.“ Danach ging sie nach Hause."
    )
    draft = read(text)
    assert not draft.read_language
    (checked,) = pipeline.check_draft(record, draft)
    assert checked.is_good
    assert checked.claim.speakers == ()


def test_a_speech_is_a_problem_not_an_error(record: Record) -> None:
    draft = read("“" + "lamp " * 700 + "out,” said Ines Calder.")
    (checked,) = pipeline.check_draft(record, draft)
    assert checked.answer is None
    assert not checked.is_good
    assert "words" in (checked.problem or "")


def test_no_text_is_rejected() -> None:
    found = pipeline.parse_draft("a.html", b"<html><script>x</script></html>", options=RULES)
    assert isinstance(found, Rejected)


# -------------------------------------------------------------------------------- the command


@pytest.fixture(scope="module")
def path(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(str(record.path))


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "status", "summary"),
    [
        ("“It costs us nine crowns a night,” said Ines Calder.", 0, "1 quotation: 1 verbatim"),
        (
            "“It costs us nine crowns a night,” said Ines Calder.\n\nOlaf Reyes said: “The lamp goes out on"
            " every Sunday of the year.”",
            1,
            "2 quotations: 1 verbatim, 1 absent",
        ),
        ("Nobody is quoted here at all.", 0, "0 quotations"),
    ],
)
def test_exit_status_and_summary(path: Path, tmp_path: Path, text: str, status: int, summary: str) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(text, encoding="utf-8")
    ran = onrecord("check", "--draft", draft, record=path)
    assert (ran.status, ran.out.splitlines()[-1]) == (status, summary)


@pytest.mark.weights
def test_a_line_for_each_quotation(path: Path) -> None:
    text = (
        "“It costs us nine crowns a night,” said Ines Calder.\n\n“Nobody has ever asked for the lamp back.”"
    )
    ran = onrecord("check", "--draft", "-", "--format", "jsonl", stdin=text.encode(), record=path)
    first, second = map(json.loads, ran.out.splitlines())
    assert (first["line"], first["where"], first["verdict"]) == (1, "-, line 1", "verbatim")
    assert (first["claimed"], first["source"]) == ("Ines Calder", "Ines Calder")
    assert (second["line"], second["verdict"], second["quote"]) == (
        3,
        "altered",
        "“Nobody has ever asked for the lamp back.”",
    )
    assert ran.status == 1


def test_a_draft_that_cannot_be_read_is_status_2(path: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 torn")
    for draft in (broken, tmp_path / "none.md"):
        ran = onrecord("check", "--draft", draft, record=path)
        assert ran.status == 2
        assert ran.out == ""
        assert draft.name in ran.err
