"""Only the article's own words are read, and every span finds its way back."""

from __future__ import annotations

from tests.attributions.scripted import ScriptedTagger

from onrecord.attributions import find_attributions
from onrecord.attributions.passages import find_passage, unwrapped
from onrecord.types import Article, Encoding, Origin, Page, Run, RunKind, Span, Zone, ZoneKind


def article(*parts: tuple[ZoneKind | None, str], inner: tuple[ZoneKind, str] | None = None) -> Article:
    """An article whose zones follow each other, a line break between; `inner` is a zone inside one."""
    text, zones = "", []
    for kind, words in parts:
        text += "\n" if text else ""
        if kind is not None:
            zones.append(Zone(kind, Span(len(text), len(text) + len(words)), 0.9))
        text += words
    if inner is not None:
        start = text.index(inner[1])
        zones.append(Zone(inner[0], Span(start, start + len(inner[1])), 0.9))
    size = len(text.encode())
    page = Page(
        "a",
        "0" * 64,
        "text/plain",
        Origin(),
        text,
        Encoding("utf-8", "given"),
        (Run(0, len(text), 0, size, RunKind.SAME),),
    )
    return Article(page, tuple(zones), None, (), (), None, None, "en", True, None, None, None)


COMMENT = "“Liar,” said the mayor’s neighbour."


def test_comments_appeals_and_chrome_are_never_read() -> None:
    page = article(
        (ZoneKind.BODY, "“The dam is safe,” Ana Ruiz said."),
        (ZoneKind.COMMENTS, COMMENT),
        (ZoneKind.APPEAL, "“We need you,” the editor said."),
        (None, "“Menu,” said nobody."),
    )
    tagger = ScriptedTagger()
    assert [page.page.text[a.content[0].start : a.content[0].end] for a in find_attributions(page)] == [
        "“The dam is safe,”"
    ]
    find_attributions(page, tagger)
    assert tagger.passages == ["“The dam is safe,” Ana Ruiz said."]


def test_the_innermost_zone_counts() -> None:
    page = article(
        (ZoneKind.BODY, "“It holds,” Ana said.\nGive “today,” said the appeal.\n“It leaks,” Bo said."),
        inner=(ZoneKind.APPEAL, "Give “today,” said the appeal."),
    )
    passage = find_passage(page)
    assert passage.text == "“It holds,” Ana said.\n“It leaks,” Bo said."
    text = page.page.text
    assert [text[a.source[0].start : a.source[0].end] for a in find_attributions(page)] == ["Ana", "Bo"]


def test_a_quotation_around_what_is_cut_out_comes_back_in_pieces() -> None:
    page = article(
        (ZoneKind.BODY, "“We start. ADVERT We go on,” Ana said."), inner=(ZoneKind.CHROME, "ADVERT")
    )
    (found,) = find_attributions(page)
    text = page.page.text
    assert [text[s.start : s.end] for s in found.content] == ["“We start.", "We go on,”"]


def test_title_and_body_never_share_a_paragraph() -> None:
    page = article((ZoneKind.TITLE, "Ruiz Says Dam Is Safe"), (ZoneKind.BODY, "The dam is old."))
    assert find_passage(page).text == "Ruiz Says Dam Is Safe\nThe dam is old."
    (found,) = find_attributions(page)
    assert page.page.text[found.content[0].start : found.content[0].end] == "Dam Is Safe"


def test_other_languages_are_not_read() -> None:
    page = article((ZoneKind.BODY, "“The dam is safe,” Ana Ruiz said."))
    other = Article(page.page, page.zones, None, (), (), None, None, "fr", False, None, None, None)
    assert find_attributions(other) == ()


def test_lines_of_a_fixed_width_are_joined_and_no_offset_moves() -> None:
    wrapped = (
        "The mayor of Orlo said on Monday that the dam above the town is as safe\n"
        "as it was on the day when it was built, and that nobody who lives below\n"
        "it need worry."
    )
    assert unwrapped(wrapped) == wrapped.replace("\n", " ")
    assert unwrapped("One line.\nAnother line.\n\nA third.") == "One line.\nAnother line.\n\nA third."
