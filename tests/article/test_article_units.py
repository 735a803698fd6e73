"""Lines of bare text as units."""

from hypothesis import given
from hypothesis import strategies as st
from tests.article.zoned import html_page, text_page

from onrecord.article.units import find_units


def test_each_line_is_a_unit() -> None:
    units = find_units(text_page("First line.\n\n  • Second\nThird"))
    assert units.texts == ("First line.", "• Second", "Third")
    assert units.gaps == (0, 1, 0)
    assert units.indents == (0, 2, 0)
    assert units.bullets == (False, True, False)


def test_wrapped_lines_are_one_unit_and_offsets_stay() -> None:
    text = (
        "The harbour board met for three hours on Monday to hear what had become of\n"
        "the new crane, which was promised for last spring and has still not been\n"
        "seen by anybody.\n"
        "\n"
        "Its chairwoman, Ana Ruiz, said that she would resign if the crane did not\n"
        "come before the winter.\n"
    )
    units = find_units(text_page(text))
    assert len(units) == 2
    assert [text[s.start : s.end][:9] for s in units.spans] == ["The harbo", "Its chair"]
    assert all(text[s.end - 1] == "." for s in units.spans)


def test_short_lines_are_not_run_together() -> None:
    units = find_units(text_page("Home\nSport\nWeather\nSign in"))
    assert len(units) == 4


def test_stray_glyphs_are_not_part_of_the_words() -> None:
    units = find_units(text_page("☒ “It holds,” he said. ☒"))
    assert units.texts == ("“It holds,” he said.",)
    assert units.stops == (True,)


def test_numbers_in_class_names_do_not_tell_paragraphs_apart() -> None:
    page = html_page(("div p", "story paragraph-1", "One."), ("div p", "story paragraph-2", "Two."))
    units = find_units(page)
    assert units.marks[0] == units.marks[1]


@given(st.text(alphabet="ab .\n\r•-1)", max_size=300))
def test_units_lie_in_the_text_in_order(text: str) -> None:
    units = find_units(text_page(text))
    ends = [0]
    for span in units.spans:
        assert ends[-1] <= span.start < span.end <= len(text)
        assert not text[span.start].isspace()
        assert not text[span.end - 1].isspace()
        ends.append(span.end)
