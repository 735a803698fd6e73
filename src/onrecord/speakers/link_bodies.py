"""Names linked into bodies: shorter forms and initials to the full name.

In: a `Layout`, its names and which of them are people's, perhaps an `Authority`. Out: the bodies, and whose each
name is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from onrecord.speakers import lists
from onrecord.speakers.authority import Authority
from onrecord.speakers.layout import Layout
from onrecord.speakers.members import MAX_CAST, Body
from onrecord.speakers.name_kinds import What
from onrecord.speakers.names import Name, fold_name


class Bodies:
    def __init__(
        self, layout: Layout, names: Sequence[Name], people: dict[int, int], authority: Authority | None
    ) -> None:
        self.layout, self.names, self.people, self.authority = layout, names, people, authority
        self.all: list[Body] = []
        self.of: dict[int, int] = {}
        self.by_form: dict[str, Body] = {}
        self.by_last: dict[str, list[Body]] = defaultdict(list)
        self.by_initials: dict[str, Body] = {}
        self.by_school: dict[str, Body] = {}

    def link(self) -> None:
        wanted = [
            i
            for i, n in enumerate(self.names)
            if i not in self.people
            and (n.what is What.BODY or (n.what is What.UNKNOWN and len(n.words) >= 1))
        ]
        wanted.sort(key=lambda i: (-len(self.names[i].words), self.names[i].in_title, i))
        for i in wanted:
            name = self.names[i]
            if name.what is What.UNKNOWN and name.in_title:
                continue
            body = self._find(name.text) or self._new(name)
            if body:
                self._note(body, i)
        for i in wanted:
            if i not in self.of and (body := self._find(self.names[i].text)):
                self._note(body, i)
        for body in self.all:
            body.places.sort()
            if self.authority:
                body.record = next((r for r in map(self.authority.find, body.forms) if r), None)

    def _find(self, form: str) -> Body | None:
        folded = fold_name(form)
        if folded in self.by_form:
            return self.by_form[folded]
        bare = form.replace(".", "")
        if bare.isupper() and bare in self.by_initials:
            return self.by_initials[bare]
        words = folded.split()
        if len(words) == 1 and folded in self.by_school:
            return self.by_school[folded]
        for body in self.by_last.get(words[-1], [])[:20]:
            whole = [fold_name(w) for w in body.forms[0].split()]
            if len(words) < len(whole) and (
                len(words) > 1 or words[0] in ("times", "post", "journal", "union")
            ):
                rest = iter(whole)
                if all(any(w == x or x.endswith("-" + w) for x in rest) for w in words):
                    return body
        return None

    def _new(self, name: Name) -> Body | None:
        if len(self.all) >= MAX_CAST:
            return None
        body = Body(len(self.all))
        self.all.append(body)
        words = list(name.words)
        self.by_last[fold_name(words[-1])].append(body)
        if len(words) == 2 and words[1] in ("University", "College"):
            self.by_school.setdefault(fold_name(words[0]), body)
        initials = "".join(w[0] for w in words if w[0].isupper())
        if len(initials) >= 2:
            self.by_initials.setdefault(initials, body)
        return body

    def _note(self, body: Body, i: int) -> None:
        name = self.names[i]
        form = name.text
        before = self.layout.text[max(0, name.full.start - 4) : name.full.start]
        if before == "The " and not form.startswith("The ") and "The " + form in lists.known_bodies():
            form = "The " + form
        if form not in body.forms:
            body.forms.append(form)
        self.by_form.setdefault(fold_name(name.text), body)
        self.of[i] = body.index
        body.places.append(name.span.start)
        if body.first is None or name.span.start < body.first.start:
            body.first = name.span
