"""Every list is alive: every item of it does what the list is for."""

from __future__ import annotations

import itertools
from datetime import date
from importlib.resources import files

import pytest
from tests.speakers.told import article_of, told

from onrecord.speakers import lists, resolve_speakers
from onrecord.speakers.antecedents import is_subject
from onrecord.speakers.bodies import ministry_of
from onrecord.speakers.calibration import calibrated
from onrecord.speakers.cast import make_cast
from onrecord.speakers.holders import find_leader
from onrecord.speakers.introductions import describe_text
from onrecord.speakers.layout import lay_out
from onrecord.speakers.link_people import same_given
from onrecord.speakers.name_kinds import What
from onrecord.speakers.names import find_names
from onrecord.types import Speaker, SpeakerKind, Unresolved

DATA = sorted(
    p.name for p in files("onrecord.speakers").joinpath("data").iterdir() if p.name.endswith(".txt")
)


def rows(name: str) -> list[list[str]]:
    text = files("onrecord.speakers").joinpath("data", name).read_text(encoding="utf-8")
    return [
        [f.strip() for f in x.split("|")] for x in text.splitlines() if x.strip() and not x.startswith("#")
    ]


def speaker(source: str) -> Speaker | None:
    voice = resolve_speakers(*told(f"<source>{source}</source> <cue>said</cue> <content>no</content>."))[0]
    return voice.speaker if isinstance(voice.speaker, Speaker) else None


@pytest.mark.parametrize("name", DATA)
def test_no_item_stands_twice_and_every_file_says_what_it_is(name: str) -> None:
    text = files("onrecord.speakers").joinpath("data", name).read_text(encoding="utf-8")
    assert text.startswith("# ")
    items = [tuple(r) if name in ("ministries.txt",) else r[0] for r in rows(name)]
    assert sorted(items) == sorted(set(items))


def test_every_country_speaks_for_its_government() -> None:
    for name, *_ in rows("countries.txt"):
        found = speaker(name[0].upper() + name[1:])
        assert found is not None, name
        assert found.names == (f"Government of {name}",)


def test_every_seat_and_adjective_means_one_country() -> None:
    table = lists.countries()
    for name, _, adjectives, seats in rows("countries.txt"):
        for seat in filter(None, (s.strip() for s in seats.split(","))):
            country = table.named(seat)
            assert country is not None, seat
            assert country.name == name or seat in table.names, seat
        for adjective in filter(None, (a.strip() for a in adjectives.split(","))):
            assert table.meant(adjective) is not None


def test_every_ministry_is_found_by_its_field_and_country() -> None:
    adjectives = {name: adjective.split(",")[0].strip() for name, _, adjective, _ in rows("countries.txt")}
    for fields, body, country in rows("ministries.txt"):
        place = adjectives.get(country, "Peruvian")
        for field in (f.strip() for f in fields.split(",")):
            layout = lay_out(article_of(f"The {place} {field} ministry said no."))
            found = ministry_of(layout.tokens[:-2])
            assert found is not None, (field, country)
            if country != "*":
                assert found.startswith(body), (field, country)


def test_every_office_is_found_on_its_day() -> None:
    countries = {c.name for c in lists.countries().names.values()}
    cast = make_cast(lay_out(article_of("The White House and the Senate met Democrats.")), "2019-01-01", None)
    for leader in lists.leaders():
        if leader.country not in countries:
            continue
        for tenure in leader.tenures:
            said = describe_text(f"{tenure.office} of {leader.country}")
            assert said is not None, tenure.office
            if tenure.office not in ("president", "prime minister", "chancellor", "vice president"):
                continue
            until = date.fromisoformat(tenure.until) if tenure.until else date(2026, 1, 1)
            day = date.fromordinal((date.fromisoformat(tenure.since).toordinal() + until.toordinal()) // 2)
            found = find_leader(cast, said, day.isoformat())
            assert found is leader, (tenure, found)


def test_every_role_is_a_description() -> None:
    for noun, gender, others in (r if len(r) > 2 else [*r, ""] for r in rows("roles.txt")):
        said = describe_text(f"the {noun}")
        assert said is not None, noun
        assert said.head in (noun, noun.split()[-1]), noun
        assert gender in ("", "m", "f")
        for other in filter(None, (o.strip() for o in others.split(","))):
            assert describe_text(f"the {other}") is not None, (noun, other)


def test_every_title_is_cut_off_a_name() -> None:
    for word, *_ in rows("titles.txt"):
        written = (
            word.upper()
            if word in ("us", "uk", "un", "eu", "gop", "ceo", "u.s.", "u.n.", "e.u.")
            else word.title()
        )
        name = find_names(lay_out(article_of(f"He met {written} Ana Ruiz.")))[-1]
        assert name.words == ("Ana", "Ruiz"), word


def test_every_short_form_of_a_body_is_its_name() -> None:
    for name, short in rows("known_bodies.txt"):
        for form in (name, *(s.strip() for s in short.split(",") if s.strip())):
            found = speaker(form if form.startswith("The ") else f"The {form}")
            assert found is not None, form
            assert found.names == (name,), form


def test_every_state_tells_two_senators_apart() -> None:
    for name, short in rows("states.txt"):
        for form in (name, *(s.strip() for s in short.split(",") if s.strip())):
            article = article_of(f"Sen. Ana Ruiz (D-{form}) came.")
            person = make_cast(lay_out(article), "", None).people[0]
            assert any(name.lower() in role.words for role in person.roles), form


def test_every_group_is_a_group() -> None:
    for (word,) in rows("groups.txt"):
        found = speaker(word.capitalize() if word.islower() else word)
        assert found is None or found.kind in (SpeakerKind.GROUP, SpeakerKind.UNNAMED), word


def test_every_document_is_one() -> None:
    for (word,) in rows("documents.txt"):
        found = speaker(f"A new {word}")
        assert found is not None, word
        assert found.kind in (SpeakerKind.DOCUMENT, SpeakerKind.GROUP), word


def test_every_common_body_means_the_one_named_before() -> None:
    for (word,) in rows("common_bodies.txt"):
        notation = (
            f"The Vesk {word.title()} met. <source>The {word}</source> <cue>said</cue> <content>no</content>."
        )
        voice = resolve_speakers(*told(notation))[0]
        assert isinstance(voice.speaker, Speaker), word


def test_every_body_word_makes_a_name_a_bodys() -> None:
    for (word,) in rows("bodies.txt"):
        written = word.title() if len(word) > 3 else word.upper()
        name = find_names(lay_out(article_of(f"They met the Vesk {written} again.")))[0]
        assert name.what is What.BODY, word


def test_every_first_name_shows_whom_it_is_given_to() -> None:
    for name, gender in rows("first_names.txt"):
        assert gender in ("m", "f", "u", "um", "uf"), name
        assert name[0].isupper()


def test_every_telling_verb_has_an_addressee() -> None:
    for (verb,) in rows("telling_verbs.txt"):
        notation = f"<source>Ana Ruiz</source> <cue>{verb}</cue> reporters <content>that it held</content>."
        addressee = resolve_speakers(*told(notation))[0].addressee
        assert addressee is not None, verb
        assert addressee.name == "reporters"


def test_every_function_word_at_the_start_is_no_name() -> None:
    for (word,) in rows("function_words.txt"):
        if word in ("may", "will", "us", "april", "june", "august"):  # "May Ruiz", "US" are names
            continue
        names = find_names(lay_out(article_of(f"{word.capitalize()} Ruiz spoke.")))
        assert names[0].words == ("Ruiz",), word


def test_every_nickname_is_the_same_first_name() -> None:
    for (group,) in rows("nicknames.txt"):
        names = group.split()
        assert len(names) > 1
        assert all(same_given(names[0], other) for other in names[1:]), group
    assert not same_given("ana", "tom")


def test_every_body_head_may_be_followed_by_of() -> None:
    for (word,) in rows("body_heads.txt"):
        name = find_names(lay_out(article_of(f"They met the {word.title()} of Vesk.")))[0]
        assert name.words[-1] == "Vesk", word


def test_every_end_of_a_head_ends_it() -> None:
    for (word,) in rows("head_ends.txt"):
        found = speaker(f"An official {word} Vesk")
        assert found is not None, word
        assert found.kind is SpeakerKind.UNNAMED, word


def test_every_participle_stands_in_a_title() -> None:
    for (word,) in rows("participles.txt"):
        layout = lay_out(article_of(f"They met {word} general Ana Ruiz."))
        person = make_cast(layout, "", None).people[0]
        assert any(word in role.words for role in person.roles), word


def test_after_every_preposition_a_name_is_no_subject() -> None:
    for (word,) in rows("prepositions.txt"):
        notation = (
            f"Tom Webb came {word} Paul Stone said the dam held. <source>He</source> <cue>said</cue> "
            "<content>no</content>."
        )
        voice = resolve_speakers(*told(notation))[0]
        assert isinstance(voice.speaker, Unresolved) or voice.speaker.names == ("Tom Webb",), word


def test_before_every_attributed_noun_a_name_is_none() -> None:
    for (word,) in rows("attributed_nouns.txt"):
        notation = f"Paul Stone came to the Tom Webb {word}. <source>He</source> <cue>said</cue> <content>no</content>."
        voice = resolve_speakers(*told(notation))[0]
        assert isinstance(voice.speaker, Speaker), word
        assert voice.speaker.names == ("Paul Stone",), word


def test_every_verb_makes_the_name_before_it_the_subject() -> None:
    for (word,) in rows("verbs.txt"):
        layout = lay_out(article_of(f"Then Ruiz {word} it."))
        assert is_subject(make_cast(layout, "", None), 0), word


def test_every_saying_verb_finds_its_subject_behind_an_aside() -> None:
    for (word,) in rows("saying_verbs.txt"):
        notation = f"Ana Ruiz, back from the dam, <cue>{word}</cue> <content>it held</content>."
        voice = resolve_speakers(*told(notation))[0]
        assert isinstance(voice.speaker, Speaker), word
        assert voice.speaker.names == ("Ana Ruiz",)


def test_every_generic_noun_is_the_body_that_spoke_last() -> None:
    for (word,) in rows("generic_bodies.txt"):
        paper = word in ("magazine", "network", "newspaper", "outlet", "paper")
        name = "Vesk Courier Press" if paper else "Vesk Harbor Works"
        notation = (
            f"<source>The {name}</source> <cue>said</cue> <content>no</content>. "
            f"<source 2>The {word}</source 2> <cue 2>added</cue 2> <content 2>more</content 2>."
        )
        voice = resolve_speakers(*told(notation))[1]
        assert isinstance(voice.speaker, Speaker), word
        assert voice.speaker.names[0].endswith(name), word


def test_every_known_person_is_put_right() -> None:
    for name, _, *more in rows("known_people.txt"):
        first, last = name.split(maxsplit=1)
        found = speaker(f"{first} Q. {last}" if "." not in name else name)
        assert found is not None, name
        assert found.names == (name,) or "’" in found.names[0], name
        for alias in filter(None, (a.strip() for m in more for a in m.split(","))):
            other = speaker(alias)
            assert other is not None
            assert other.names in ((name,), (alias,)) or "’" in alias, alias  # an article's first name holds


def test_every_surname_makes_a_speaking_stranger_a_person() -> None:
    assert len(lists.words("surnames")) > 5_000
    for surname in sorted(lists.words("surnames"))[::40]:
        article, attributions = told(
            f"<source>Zebulonic {surname}</source> <cue>said</cue> <content>no</content>."
        )
        people = make_cast(lay_out(article), "", None, attributions[0].source).people
        assert not people or people[0].certain, surname


def described(noun: str, opening: str = "Mirela Dovra smiled and Dovra sat.") -> Speaker | None:
    """Whom "the NOUN" is in an article about Mirela Dovra."""
    notation = (
        f"# Dovra denies it\n{opening} <source>The {noun}</source> <cue>said</cue> <content>no</content>."
    )
    voice = resolve_speakers(*told(notation))[0]
    return (
        voice.speaker
        if isinstance(voice.speaker, Speaker) and voice.speaker.kind is SpeakerKind.PERSON
        else None
    )


def test_every_office_keeps_its_holder_from_another_description() -> None:
    for (office,) in rows("offices.txt"):
        assert described("billionaire", f"The {office} Mirela Dovra smiled and Dovra sat.") is None, office
    assert described("billionaire") is not None


def test_no_bystander_is_the_one_the_article_is_about() -> None:
    for (noun,) in rows("bystanders.txt"):
        assert described(noun) is None, noun


def test_every_elected_office_is_its_partys_member() -> None:
    for (office,) in rows("elected.txt"):
        notation = f"Ana Ruiz, {office} of Ohio, met Tom Webb. <source>The Ohio Republican</source> <cue>said</cue> <content>no</content>."
        voice = resolve_speakers(*told(notation))[0]
        assert isinstance(voice.speaker, Speaker), office
        assert voice.speaker.names == ("Ana Ruiz",), office


def test_every_pollster_is_found_by_its_word() -> None:
    for name, word in rows("pollsters.txt"):
        found = speaker(f"A {word} poll")
        assert found is not None, word
        assert found.names == (name,), word


def test_every_place_head_makes_no_person() -> None:
    for (word,) in rows("place_heads.txt"):
        name = find_names(lay_out(article_of(f"They met in Zebulon {word.title()} late.")))[-1]
        assert name.what is not What.PERSON, word
        assert name.what is not What.UNKNOWN, word


def test_the_calibration_rises() -> None:
    table = lists.calibration()
    assert list(table) == sorted(table)
    assert [share for _, share in table] == sorted(share for _, share in table)
    for low, high in itertools.pairwise(k / 100 for k in range(101)):
        assert 0 <= calibrated(low) <= calibrated(high) <= 1
