"""Runs and blocks as columns: they read like the tuples that they stand for."""

import pickle
from array import array
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.page.reading import read

from onrecord.columns import ENTITY, MADE, SAME, Blocks, Runs, Spans, columns_of
from onrecord.page.writer import PACK_AT
from onrecord.types import Block, Run, RunKind, Span

RUNS = Runs(bytes((SAME, ENTITY, MADE)), array("i", (4, 5, 7)), array("i", (0, 4, 9)), array("i", (4, 9, 9)))
AS_TUPLE = (
    Run(0, 4, 0, 4, RunKind.SAME),
    Run(4, 5, 4, 9, RunKind.ENTITY),
    Run(5, 7, 9, 9, RunKind.MADE),
)


def test_runs_are_equal_to_a_tuple_and_to_their_pickle() -> None:
    assert AS_TUPLE == RUNS
    assert pickle.loads(pickle.dumps(RUNS)) == RUNS
    assert hash(RUNS) == hash(AS_TUPLE)
    assert RUNS[-1] == AS_TUPLE[-1]
    assert RUNS[:2] == AS_TUPLE[:2]
    assert AS_TUPLE[:2] != RUNS


def test_spans_are_made_when_asked_for() -> None:
    assert tuple(Spans([0, 4], [3, 9])) == (Span(0, 3), Span(4, 9))


BLOCK = st.builds(
    Block,
    st.builds(lambda start, n: Span(start, start + n), st.integers(0, 900), st.integers(1, 99)),
    st.sampled_from([(), ("html", "p"), ("html", "li")]),
    st.sampled_from([(), ("story",)]),
    st.integers(0, 50),
)


@given(st.lists(BLOCK, max_size=8))
def test_blocks_survive_as_columns(blocks: list[Block]) -> None:
    columns = columns_of(blocks)
    assert tuple(columns) == tuple(blocks)
    assert columns_of(columns) is columns
    assert len(columns.tags) == len({(b.tags, b.marks) for b in blocks})


def test_blocks_of_one_path_share_its_names() -> None:
    page = read("<ul class=menu><li class=item>One<li class=item>Two<li class=other>Three</ul>")
    assert isinstance(page.blocks, Blocks)
    first, second, third = page.blocks
    assert first.tags is second.tags is not None
    assert first.marks is second.marks
    assert third.marks == ("menu", "other")
    for path, outer in enumerate(page.blocks.outer):
        before = page.blocks.marks[outer] if outer >= 0 else ()
        assert page.blocks.marks[path] == before + page.blocks.own[path]


def test_a_block_of_more_segments_than_are_held_keeps_its_bytes() -> None:
    """Packed ones too are taken back where the block shows nothing."""
    n = PACK_AT // 4 + 500
    page = read("<p>Before</p><p>" + "a&amp;" * n + "</p><p>" + "&#8203;&#160;" * n + "</p><p>After</p>")
    assert page.text.startswith("Before\n\n" + "a&" * n + "\n\n")
    assert page.text.endswith("After")
    assert all(a.text_end == b.text_start for a, b in pairwise(page.runs))
    blank = read("<p>Before</p><p>" + "&#160;" * n + "</p><p>After</p>")
    assert blank.text == "Before\n\nAfter"
