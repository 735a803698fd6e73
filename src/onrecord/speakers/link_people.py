"""Names linked into people: surnames to full names, and what lists and the user know of each.

In: a `Layout`, its names, a day, perhaps an `Authority`. Out: the people, and whose each name is. Leaves to others:
bodies (`link_bodies`), pronouns, descriptions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import Levenshtein

from onrecord.speakers import lists
from onrecord.speakers.authority import Authority, Held, Record
from onrecord.speakers.introductions import Described, describe_text, introduced
from onrecord.speakers.layout import Layout
from onrecord.speakers.members import MAX_CAST, Person, name_words
from onrecord.speakers.name_kinds import What
from onrecord.speakers.name_runs import PARTICLES
from onrecord.speakers.names import Name, fold_name
from onrecord.speakers.namesakes import share_out

#: Somebody who has been named so often is introduced no more.
MAX_INTRODUCTIONS = 60


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    """Each first name with all that may be said for it."""
    table: dict[str, set[str]] = defaultdict(set)
    for group in lists.words("nicknames"):
        for name in group.split():
            table[name].update(group.split())
    return {name: frozenset(same) for name, same in table.items()}


def same_given(a: str, b: str) -> bool:
    """Whether two first names may be one person's: equal, an initial, or a short form."""
    a, b = fold_name(a), fold_name(b)
    if a == b or not a or not b:
        return True
    if len(a.replace(".", "")) <= 2 or len(b.replace(".", "")) <= 2:
        return a[0] == b[0]
    return b in _nicknames().get(a, ())


@cache
def _leaders_by_surname() -> dict[str, list[lists.Leader]]:
    table: dict[str, list[lists.Leader]] = defaultdict(list)
    for leader in lists.leaders():
        for form in (leader.name, *leader.aliases):
            table[fold_name(name_words(form)[-1])].append(leader)
    return dict(table)


class People:
    def __init__(self, layout: Layout, names: Sequence[Name], day: str, authority: Authority | None) -> None:
        self.layout, self.names, self.day, self.authority = layout, names, day, authority
        self.all: list[Person] = []
        self.of: dict[int, int] = {}
        self.shared: dict[int, tuple[int, ...]] = {}
        self.speaking: frozenset[int] = frozenset()
        self.alone: dict[str, int] = {}  # where a word first stands by itself as a name
        for n in names:
            if len(n.words) == 1 and not n.before and not n.in_title:
                self.alone.setdefault(n.surname, n.span.start)
        self.small = frozenset(t.text for t in layout.tokens if t.text.islower())
        self.by_surname: dict[str, list[Person]] = defaultdict(list)
        self.by_given: dict[str, list[Person]] = defaultdict(list)
        self.leaders = _leaders_by_surname()

    def link(self) -> None:
        order = [i for i, n in enumerate(self.names) if not n.in_title]
        titles = [i for i, n in enumerate(self.names) if n.in_title]
        for i in order:
            self._add_full(i)
        for i in titles:
            self._add_full(i, title=True)
        for i in order:
            self._add_short(i)
        for i in titles:
            self._add_short(i)
        for person in self.all:
            person.places.sort()
            self._know(person)
        self.shared = share_out(self.names, self.all, self.of)

    def _add_full(self, i: int, title: bool = False) -> None:
        name = self.names[i]
        if len(name.words) < 2 or name.what not in (What.PERSON, What.UNKNOWN) or len(self.all) >= MAX_CAST:
            return
        if name.what is What.UNKNOWN and (len(name.words) > 4 or self._after_the(name) or title):
            return
        if name.what is What.UNKNOWN and _is_noun(name.words[-1].lower()):
            return
        if name.words[0].lower() in PARTICLES and not self._is_given(name):
            return
        if name.what is What.UNKNOWN and i not in self.speaking and self._stood_alone(name):
            return
        record = self.authority.find(name.text) if self.authority else None
        if record is not None and record.kind != "person":
            return
        surname, given = name.surname, name.words[0]
        whole = next(
            (
                p
                for p in self.by_surname.get(surname, [])
                if any(f.endswith(" " + name.text) for f in p.forms)
            ),
            None,
        )
        if whole is not None:
            self._note(whole, i, None)
            return
        mates = self.by_surname.get(surname, [])
        person = next((p for p in mates if same_given(p.given, given) and p.given), None)
        if person is None:
            if title and any(fold_name(w) in self.by_surname for w in name.words):
                return
            person = self._new(surname, given)
            if name.certain:
                self.by_given[fold_name(given)].append(person)
        elif len(given.strip(".")) > len(person.given.strip(".")):
            person.given = given
        self._note(person, i, name.text)
        person.n_full += 1

    def _stood_alone(self, name: Name) -> bool:
        """Whether the last word of what may be a full name stood alone before: "Lunt won. … at Camp Lunt".

        People are named in full first; unless lists know its words, or it is introduced as a person, the longer
        name is then another's.
        """
        first = self.alone.get(name.surname)
        if first is None or first >= name.span.start or introduced(self.layout, name):
            return False
        word = name.words[-1]
        return word not in lists.words("surnames") and word not in lists.first_names()

    def _is_given(self, name: Name) -> bool:
        """Whether a name that begins like "Bin Laden" begins with a first name all the same: "Ben Carson"."""
        if name.words[0] not in lists.first_names():
            return False
        ends = (" " + name.text.lower(), " " + name.text.lower().replace(" ", "-", 1))
        return not any(
            f.lower().endswith(ends) for p in self.by_surname.get(name.surname, ()) for f in p.forms
        )

    def _add_short(self, i: int) -> None:
        name = self.names[i]
        if i in self.of or name.what not in (What.PERSON, What.UNKNOWN, What.PLACE):
            return
        if len(name.words) > 1 and not (
            len(name.words) == 2 and name.words[0].lower() in PARTICLES and not self._is_given(name)
        ):
            return
        word = name.words[-1]
        mates = self.by_surname.get(fold_name(word), [])
        if name.what is What.PLACE:
            if any(p.n_full for p in mates) and name.text not in lists.countries().seats:
                self._note(self._bearer(mates, name), i, None)
            return
        if mates:
            shown = _gender_of_titles(name.before)
            if shown and all(self._likely_gender(p) not in ("", "u", "um", "uf", shown) for p in mates):
                other = self._new(fold_name(word), "")
                other.gender = shown
                self._note(other, i, name.text)
                return
            self._note(self._bearer(mates, name), i, None)
            return
        given = self.by_given.get(fold_name(word), [])
        if given and len(given) == 1:
            self._note(given[0], i, None)
            return
        if (
            name.what is What.PERSON
            or (word in lists.first_names() and not name.in_title)
            or self._leader(word, "")
        ):
            if len(self.all) >= MAX_CAST or (not name.certain and self._after_the(name)):
                return
            if name.in_title and self._leader(word, "") is None:
                return
            person = self._new(fold_name(word), "")
            self._note(person, i, name.text)
            return
        record = self.authority.find(name.text) if self.authority else None
        if record is not None and record.kind == "person":
            self._note(self._new(fold_name(word), ""), i, name.text)
            return
        near = self._misspelt(word)
        if near is not None:
            self._note(near, i, None)

    def _likely_gender(self, person: Person) -> str:
        if person.gender:
            return person.gender
        leader = self._leader(person.surname, person.given)
        return leader.gender if leader else lists.first_names().get(person.given, "")

    def _honour(self, person: Person, record: Record) -> None:
        """What the user's own list says of a person, before all other knowledge."""
        person.certain = True
        person.gender = record.gender or person.gender
        for held in record.offices:
            said = describe_text(held.office)
            state = _spans(held, self.day)
            if said is not None and state:
                words = said.words | ({"former"} if state == "past" else set())
                person.roles.append(Described(said.head, frozenset(words)))

    def _misspelt(self, word: str) -> Person | None:
        """The one person whose surname differs from a long word by a letter left out, added or changed."""
        if len(word) < 6 or len(self.by_surname) > 300:
            return None
        folded = fold_name(word)
        found = [
            people[0]
            for surname, people in self.by_surname.items()
            if len(surname) >= 6
            and surname[0] == folded[0]
            and Levenshtein.distance(surname, folded, score_cutoff=1) <= 1
        ]
        return found[0] if len(found) == 1 and found[0].n_full else None

    def _bearer(self, mates: list[Person], name: Name) -> Person:
        """Who is meant by a surname that several bear: by gender of the title, then by who was named last."""
        if len(mates) == 1:
            return mates[0]
        gender = _gender_of_titles(name.before)
        fits = [
            p for p in mates if not gender or self._likely_gender(p) in ("", "u", "um", "uf", gender)
        ] or mates
        exact = [p for p in fits if gender and self._likely_gender(p) == gender]
        fits = exact or fits
        weight = {p.index: sum(1 for q in p.places) for p in fits}
        office = {lists.titles()[b.lower()].role for b in name.before if b.lower() in lists.titles()} - {""}
        if office:
            held = [p for p in fits if any(r.head in office for r in p.roles) or _held(p.leader, office)]
            fits = held or fits
        famous = [p for p in fits if self._is_in_office(p)]
        if len(famous) == 1:
            return famous[0]
        return max(fits, key=lambda p: (weight[p.index], -(p.first.start if p.first else 0)))

    def _is_in_office(self, person: Person) -> bool:
        """Whether somebody holds or runs for an office of the list on the article's day: "Trump" is he."""
        leader = self._leader(person.surname, person.given) if person.given else None
        if leader is None or not self.day:
            return False
        return any(t.office != "first lady" and _covers(t, self.day) for t in leader.tenures)

    def _new(self, surname: str, given: str) -> Person:
        person = Person(len(self.all), surname=surname, given=given)
        self.all.append(person)
        self.by_surname[surname].append(person)
        return person

    def _note(self, person: Person, i: int, form: str | None) -> None:
        name = self.names[i]
        self.of[i] = person.index
        person.places.append(name.span.start)
        if form and form not in person.forms:
            person.forms.append(form)
        if form and name.certain and not name.in_title:
            person.sure.add(form)
        if person.first is None or (form and person.n_full == 0):
            person.first = name.span
        person.certain |= name.certain
        person.spoken |= i in self.speaking and not name.in_title
        gender = _gender_of_titles(name.before)
        known = name.in_title or len(person.places) > MAX_INTRODUCTIONS
        roles = () if known else introduced(self.layout, name)
        for role in roles:
            if role not in person.roles and len(person.roles) < 60:
                person.roles.append(role)
            if role.head in lists.roles() and not person.shown:
                person.shown = lists.roles()[role.head].gender
        if gender and not person.gender:
            person.gender = gender

    def _after_the(self, name: Name) -> bool:
        before = self.layout.text[max(0, name.full.start - 4) : name.full.start].lower()
        return before.endswith(("the ", "the\u00a0"))

    def _leader(self, surname: str, given: str, gender: str = "") -> lists.Leader | None:
        """The one person in office that a name means on the article's day, or None where none or two do."""
        found = self.leaders.get(fold_name(surname), [])
        if given:
            found = [
                x for x in found if any(same_given(name_words(f)[0], given) for f in (x.name, *x.aliases))
            ]
        found = list({x.name: x for x in found if gender not in ("m", "f") or x.gender == gender}.values())
        if len(found) > 1 and self.day:
            active = [x for x in found if any(_covers(t, self.day) for t in x.tenures)]
            own = [
                x for x in active if any(t.office != "first lady" and _covers(t, self.day) for t in x.tenures)
            ]
            found = own if len(own) == 1 else active if len(active) == 1 else found
        if len(found) > 1:
            held = [x for x in found if any(t.office != "first lady" for t in x.tenures)]
            found = held if len(held) == 1 else found
        return found[0] if len(found) == 1 else None

    def _know(self, person: Person) -> None:
        """What lists and the user's own authority know of a person."""
        if self.authority:
            person.record = next(
                (
                    r
                    for r in (self.authority.find(f) for f in sorted(person.forms, key=len, reverse=True))
                    if r
                ),
                None,
            )
        if not person.forms:
            person.forms.append(person.surname.title())
        if person.record is not None:
            self._honour(person, person.record)
        alone = len(person.places) - person.n_full
        if not person.certain and person.surname not in self.small:
            known = person.surname.title() in lists.words("surnames")
            person.certain = alone > 0 or (bool(person.roles) and known)
        if person.spoken and not person.certain:
            person.certain = person.surname.title() in lists.words("surnames")
        person.leader = self._leader(person.surname, person.given, person.gender) or _known(person)
        if person.leader:
            person.gender = person.gender or person.leader.gender
            person.certain = True
            for tenure in person.leader.tenures:
                state = _spans(tenure, self.day) if self.day else "now"
                words = {"=" + person.leader.country} | ({"former"} if state == "past" else set())
                if state:
                    person.roles.append(_office(tenure.office, words))
        if not person.gender:
            first = lists.first_names().get(person.given or person.forms[0], "")
            person.gender = first if first in ("m", "f") else person.shown or first


def _is_noun(word: str) -> bool:
    """Whether a name's last word is a common noun for an office, a document or a group, and no surname."""
    nouns = lists.words("documents") | lists.words("groups") | lists.words("common_bodies")
    return (word in nouns or word in lists.roles()) and word.title() not in lists.words("surnames")


def _known(person: Person) -> lists.Leader | None:
    """The one of the list of known people whose full name this is, in one of its ways."""
    if not person.given:
        return None
    found = [
        known
        for known in _known_by_surname().get(person.surname, ())
        if any(same_given(name_words(f)[0], person.given) for f in (known.name, *known.aliases))
    ]
    return found[0] if len(found) == 1 else None


@cache
def _known_by_surname() -> dict[str, list[lists.Leader]]:
    table: dict[str, list[lists.Leader]] = defaultdict(list)
    for known in lists.known_people():
        table[fold_name(name_words(known.name)[-1])].append(known)
    return dict(table)


def _spans(office: Held | lists.Tenure, day: str) -> str:
    """Whether an office is held on a day: "now", "past", or "" where it is not yet or the day is unknown."""
    if not day or (office.since and office.since > day):
        return ""
    return "past" if office.until and office.until < day else "now"


def _office(office: str, words: set[str]) -> Described:
    """An office of a list as a description: its noun and the words before it."""
    if office in lists.roles():
        return Described(office, frozenset(words))
    *before, noun = office.lower().split()
    return Described(noun, frozenset(words | set(before)))


def _covers(tenure: lists.Tenure, day: str) -> bool:
    return tenure.since <= day and (not tenure.until or day <= tenure.until)


def _held(leader: lists.Leader | None, offices: set[str]) -> bool:
    return leader is not None and any(t.office in offices for t in leader.tenures)


def _gender_of_titles(before: Sequence[str]) -> str:
    table = lists.titles()
    return next(
        (table[b.lower()].gender for b in before if b.lower() in table and table[b.lower()].gender), ""
    )
