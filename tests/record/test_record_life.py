"""Whatever happens to a record, in whatever order: it verifies, and it holds what a plain list would hold."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.record.made import Made, add, page

from onrecord.record import DecisionKind, Record, Report, Utterance
from onrecord.types import CopyKind, CopyLink, Sketch, SpeakerKind

IDS = st.sampled_from(["a", "b", "c"])
NAMES = ("Ana Ruiz", "Ana M. Ruiz", "Bo Ek")
TEXTS = (
    "<Ana Ruiz> <said> [the dam is safe]. <Bo Ek> <said> [no].",
    "<Ana M. Ruiz> <said> [the dam isn’t safe]. Nobody listened. <Bo Ek> <did not say> [why].",
    "<Bo Ek> <said> [the mill closes]. <Ana Ruiz> <said> [the mill stays].",
    "Nobody said a word about the dam.",
)


def made(page_id: str, version: int) -> Made:
    return page(
        page_id, TEXTS[version], date=f"2021-03-0{version + 1}", sketch=Sketch(9, (1, 2), (f"{version}",))
    )


class Life(RuleBasedStateMachine):
    """`versions`: for each id the versions on record, in order; the last is current."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.record = Record(self.folder / "record.db")
        self.versions: dict[str, list[int]] = {}
        self.withdrawn: dict[int, tuple[str, str]] = {}  # decision -> (sha256, content)

    def teardown(self) -> None:
        if hasattr(self, "record"):
            self.record.close()
            shutil.rmtree(self.folder)

    @rule(page_id=IDS, version=st.integers(0, 3))
    def add(self, page_id: str, version: int) -> None:
        add(self.record, made(page_id, version))
        if version not in self.versions.setdefault(page_id, []):
            self.versions[page_id].append(version)

    @rule(page_id=IDS, version=st.one_of(st.none(), st.integers(0, 3)))
    def remove(self, page_id: str, version: int | None) -> None:
        has = self.versions.get(page_id, [])
        if not has or (version is not None and version not in has):
            return
        self.record.remove(page_id, "a test", None if version is None else made(page_id, version).raw.sha256)
        self.versions[page_id] = [] if version is None else [v for v in has if v != version]

    @rule(page_id=IDS, version=st.integers(0, 3))
    def reread(self, page_id: str, version: int) -> None:
        if version in self.versions.get(page_id, []):
            again = made(page_id, version)
            self.record.replace_reading(again.raw, again.reading, again.sketch)

    @rule(a=IDS, b=IDS)
    def link(self, a: str, b: str) -> None:
        if self.versions.get(a) and self.versions.get(b):
            self.record.link_copies(CopyLink(a, b, CopyKind.EDITED, 0.9))

    @rule(place=st.integers(0, 5))
    def withdraw(self, place: int) -> None:
        entries = list(self.record.statements())
        if place < len(entries):
            entry = entries[place]
            made = self.record.decide(self.record.about(entry, DecisionKind.NOT_A_STATEMENT))
            self.withdrawn[made.number] = (entry.page.sha256, entry.content)

    @rule(place=st.integers(0, 5), name=st.sampled_from(NAMES))
    def correct(self, place: int, name: str) -> None:
        entries = list(self.record.statements())
        if place < len(entries):
            about = self.record.about(
                entries[place], DecisionKind.SPEAKER, into_names=(name,), into_kind=SpeakerKind.PERSON
            )
            self.record.decide(about)
            assert self.record.entries([entries[place].number])[0].statement.speaker.names == (name,)  # type: ignore[union-attr]

    @precondition(lambda self: self.withdrawn)
    @rule(place=st.integers(0, 5))
    def undo(self, place: int) -> None:
        number = sorted(self.withdrawn)[place % len(self.withdrawn)]
        self.record.undo(number)
        del self.withdrawn[number]

    @rule()
    def group(self) -> None:
        waiting = self.record.ungrouped()
        if len(waiting) > 1:
            reports = tuple(Report(candidate.number, "same") for candidate in waiting)
            uttered = Utterance(
                f"{waiting[0].page_id} {waiting[0].id}", None, None, None, reports, len(reports)
            )
            self.record.replace_utterances([report.statement for report in reports], [uttered])
        assert len(self.record.ungrouped()) <= 1

    @invariant()
    def holds_what_a_list_would_hold(self) -> None:
        if not hasattr(self, "record"):
            return
        assert list(self.record.verify()) == []
        has = {(page_id, v) for page_id, versions in self.versions.items() for v in versions}
        current = {(page_id, versions[-1]) for page_id, versions in self.versions.items() if versions}
        keys = {entry.key for entry in self.record.pages(versions=True)}
        assert {(k.id, k.sha256) for k in keys} == {(i, made(i, v).raw.sha256) for i, v in has}
        gone = set(self.withdrawn.values())
        expected = sorted(
            (page_id, text)
            for page_id, version in current
            for text in [s.attribution for s in made(page_id, version).reading.statements]
            for text in [
                made(page_id, version).reading.article.page.text[text.content[0].start : text.content[0].end]
            ]
            if (made(page_id, version).raw.sha256, text) not in gone
        )
        assert sorted((e.page.id, e.content) for e in self.record.statements()) == expected
        for word in ("dam", "mill", "safe"):
            found = sorted((p.entry.page.id, p.entry.content) for p in self.record.search(word).passages)
            assert found == [pair for pair in expected if word in pair[1].split()]
        in_text = {paragraph.page_id for paragraph, _ in self.record.search_text("nobody")}
        assert in_text == {page_id for page_id, version in current if version in (1, 3)}
        in_groups = {member for group in self.record.copy_groups() for member in group.members}
        assert in_groups <= {page_id for page_id, _ in current}
        near = {key.id for key in self.record.copy_candidates(Sketch(9, (), ("0",)))}
        assert near == {page_id for page_id, version in current if version == 0}
        assert sum(s.n_statements for s in self.record.speakers()) == len(expected)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=8, stateful_step_count=12, deadline=None)
