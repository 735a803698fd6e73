"""Quotations that an article puts in a mouth are told from those that it says were spoken."""

from __future__ import annotations

from importlib.resources import files

import pytest
from tests.record.quoting import add, story

from onrecord.record import Record, Verdict
from onrecord.record.unsaid import is_unsaid

UNREAL = (
    "Pell might say “the wall was never mine to build” if anybody asked him.",
    "She should have said “the lock needs a new gate” years ago.",
    "He shrugged, as if to say “the herons will pay for it”.",
    "Would she say “the bridge is a toy for rich towns”?",
    "Imagine Quill saying “the harbour belongs to the gulls and to me”.",
    "Nobody said “the turbine hall is full of frogs” at the hearing.",
    "A parody in which Dovan says “I water the lawn with your taxes” drew crowds.",
    "His advisers want him to say “I was wrong about the ferry”.",
    "“The sluice can wait for another flood,” he might have said.",
    "If Holloway had said “the pier is for sale to anyone”, there would be a file.",
)
REAL = (
    "He said he might say “the wall was never mine to build” again.",
    "“I might say the wall was a mistake,” he said.",
    "As he would say later: “The lock needs a new gate.”",
    "She could only say “the herons will pay for it” before the line went dead.",
    "He had to say “I was wrong about the ferry” twice before they heard him.",
    "Quill would go on to say “the harbour belongs to the gulls and to me”.",
    "Nobody who heard it forgot how she said “the turbine hall is full of frogs”.",
    "Asked about the parody, Dovan said: “I water the lawn with rain.”",
    "Why did he say “the pier is for sale to anyone”?",
    "If the vote fails, she said, “the toll will end in June”.",
)
#: Written with the others, before the rules; the rules were first tried on those above.
HELD_UNREAL = (
    "One could picture the mayor telling the divers “bring me the bell before supper”.",
    "Did he ever say “the dam will outlive your children”?",
    "She looked at the map as though she were saying “this valley was promised to us”.",
    "None of the engineers has ever said “the east wall is made of sand”.",
    "In a doctored video that spread on Friday, Osei appears to say “drown the lower villages first”.",
    "Voters were hoping to hear her say “the toll ends in June”.",
    "“We are the river and the river is us,” he would have told them, had the microphone worked.",
    "The council refused to say “we are sorry about the mill”.",
    "A satirical sketch showed him telling a goat “you are my new treasurer”.",
    "Was she saying “the lighthouse is haunted by accountants”?",
)
HELD_REAL = (
    "All he could say was “bring me the bell before supper”.",
    "The mayor could be heard saying “the dam will outlive your children”.",
    "Asked what she would say to the villages, Osei answered “the lower fields first”.",
    "He wanted to leave, but first he said “this valley was promised to us”.",
    "“We may lose the east wall,” she said, “and nobody will miss it.”",
    "It was Holloway who used to say “the river and the town are one purse”.",
    "She was the first to say “we are sorry about the mill”.",
    "When the film about the goat opened, he told reporters “I never had a treasurer”.",
    "In May Quill told the divers “the lighthouse stays dark this year”.",
    "Reporters wanted to know why she had said “the microphone is for people with something to say”.",
)
#: Written when the rules stood: of the first 40 of these 35 were right and the rules were mended, of the last 24 all.
LATER_UNREAL = (
    "What would happen if the miller told his guests “the flour is older than you are”?",
    "He may well say “the tide owes me nothing”.",
    "I wish my uncle had said “the boat is not for sale”.",
    "“Bury the bell under the school,” someone ought to have told the sexton.",
    "Has any surveyor ever written “this hill is moving”?",
    "The choirmaster pretended to shout “the organ is on fire”.",
    "It was as if the walls were whispering “leave before the thaw”.",
    "Not one of the ferrymen said “the river is closed to poets”.",
    "They urged the coroner to declare “the well was poisoned”.",
    "In a spoof interview the bishop says “heaven is fully booked”.",
    "No councillor has said “the fountain will be sold”.",
    "A forged letter has him confessing “I moved the boundary stones”.",
    "“The snow will pay the rent,” she would never say.",
    "Suppose a minister declares “salt is a vegetable”.",
    "Could the harbour master have said “ships are a nuisance”?",
    "Were he to say “the lamps are mine”, nobody would laugh.",
    "Some had expected Ilka Brandt to announce “the mine reopens in spring”.",
    "The meme showed the archbishop saying “bring your own candle”.",
    "“We drown on Tuesdays,” the puppet seemed to say.",
    "Perhaps the ferryman should simply tell them “walk round the lake”.",
    "Her lawyers are begging her to say “it was the wind”.",
    "Picture a judge in a kayak shouting “order on the water”.",
    "Has the abbot ever told a novice “the beer is for the roof”?",
    "“The cows elected me,” no mayor has ever said.",
    "If they wrote “closed for ever” on the gate, who would come?",
    "He bowed as though he were announcing “dinner for nine hundred”.",
    "A satirical website had the duchess declaring “rain is for tenants”.",
    "The actor was supposed to say “the moon is ours”, but he sneezed.",
    "They could have written “no dogs in the crypt” on the sign.",
    "Neither of the twins said “we burned the pier”.",
    "In the cartoon, the sheriff says “arrest the fog”.",
)
LATER_REAL = (
    "“The tide owes me nothing,” he would say every morning.",
    "He was expected at noon; at one he said “the boat is not for sale”.",
    "Told that she might lose, Brandt said “the mine reopens in spring”.",
    "Should the vote fail, Brandt said, “the mine closes in spring”.",
    "“Has any surveyor seen this hill?” she asked.",
    "The choirmaster ran to the door and shouted “the organ is on fire”.",
    "He could not have been clearer: “Ships are a nuisance,” he said.",
    "What she might have meant is unclear, but she said “heaven is fully booked”.",
    "“If the lamps are mine,” he said, “nobody will laugh.”",
    "The bishop, who wrote a novel, said “bring your own candle”.",
    "A spokesman for the mock trial said “the judge is twelve”.",
    "“Nobody said it would be easy,” Ilka Brandt said.",
    "He was heard to say “salt is a vegetable” on Monday.",
    "She would later admit “we moved the boundary stones”.",
    "As if that were not enough, he told the crowd “the fountain will be sold”.",
    "They asked him about it and he answered “the river is closed to poets”.",
    "“I wish I had said it first,” he told the Post.",
    "When the ferry did not come, she said “we drown on Tuesdays”.",
    "It is hard to imagine now, but Brandt said “the snow will pay the rent”.",
    "He stopped to say “leave before the thaw”.",
    "The abbot told the novices “the beer is for the roof”.",
    "He should know better, yet he said “walk round the lake”.",
    "As though nothing had happened, she told the court “it was the wind”.",
    "The judge, shouting “order on the water”, left the kayak.",
    "“No mayor has ever said this,” he told us.",
    "The sign said “no dogs in the crypt”.",
    "She hoped for rain and said so: “Rain is for everybody.”",
    "Had it not been for the fog, said the sheriff, “we would have them by now”.",
    "Asked if he would resign, the duke replied “closed for ever is what I am”.",
    "The cartoonist told a court “the sheriff is my uncle”.",
    "“We could have said no,” one of the twins admitted.",
    "He is said to have told friends “the moon is ours”.",
)
#: Still taken for words that were said.
MISSED = "You could almost hear the old quay saying “not another concert”."


def unsaid(text: str) -> bool:
    start = text.index("“") + 1
    return is_unsaid(text, start, text.index("”", start))


@pytest.mark.parametrize("text", [*UNREAL, *HELD_UNREAL, *LATER_UNREAL])
def test_what_is_wanted_imagined_or_asked_is_not_said(text: str) -> None:
    assert unsaid(text)


@pytest.mark.parametrize("text", [*REAL, *HELD_REAL, *LATER_REAL, MISSED])
def test_what_was_said_is(text: str) -> None:
    assert not unsaid(text)


def test_the_check_takes_them_for_nobodys(record: Record) -> None:
    add(
        record,
        story(
            "harbour.txt",
            "{Derek Quill|“I shall mend the crane before the regatta begins,”} Quill said. "
            "His brother might say {Derek Quill|“the harbour belongs to the gulls and to me”}. "
            "Would he ever say “drain the lake and send me the bill for it”?",
        ),
    )
    said = record.check("I shall mend the crane before the regatta begins", "Derek Quill")
    assert said.verdict is Verdict.VERBATIM
    for words in (
        "the harbour belongs to the gulls and to me",
        "the harbour belongs to the gulls and to us",
        "drain the lake and send me the bill for it",
    ):
        for speaker in ("Derek Quill", None):
            answer = record.check(words, speaker)
            assert answer.verdict is Verdict.ABSENT
            assert answer.why.endswith("does not say that they were spoken")
            assert [passage.page_id for passage in answer.elsewhere] == ["harbour.txt"]


def test_who_says_so_elsewhere_has_said_it(record: Record) -> None:
    words = "the harbour belongs to the gulls and to me"
    add(
        record,
        story("might.txt", f"His brother might say {{Derek Quill|“{words}”}}."),
        story("did.txt", f"{{Derek Quill|“{words.capitalize()},”}} Quill said.", publisher="The Ansel Echo"),
    )
    answer = record.check(words, "Derek Quill")
    assert answer.verdict is Verdict.VERBATIM
    assert {passage.page_id for passage in answer.passages} == {"did.txt"}


#: A sentence for every kind of word on the list, in which the word makes the quotation unsaid; of "bare", said.
FRAMES = {
    "base": "He might {} “the tide is late”.",
    "noun": "He might {} “the tide is late”.",
    "past": "He should have {} “the tide is late”.",
    "third": "We would know if he {} “the tide is late”.",
    "ing": "He looked up as if {} “the tide is late”.",
    "modal": "He {} say “the tide is late”.",
    "perfect": "He {} have said “the tide is late”.",
    "bare": "{} he could say was “the tide is late”.",
    "wants": "They {} him to say “the tide is late”.",
    "imagines": "They {} her saying “the tide is late”.",
    "open": "We would know {} he said “the tide is late”.",
    "asks": "{} he say “the tide is late”?",
    "nobody": "{} of the divers said “the tide is late”.",
    "fiction": "In a {} he says “the tide is late”.",
    "fake": "A {} tweet said “the tide is late”.",
    "shows": "A parody {} him saying “the tide is late”.",
}
LISTED = [
    line.split()
    for line in (files("onrecord.record") / "data" / "unreal.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("kind", "word"), LISTED)
def test_every_word_on_the_list_tells(kind: str, word: str) -> None:
    text = FRAMES[kind].format(word)
    if word == "ought":
        text = text.replace(" say", " to say")
    text = text[0].upper() + text[1:]
    assert unsaid(text) is (kind != "bare")
    if kind != "bare":
        assert not unsaid(text.replace(word, "plumb").replace(word.capitalize(), "Plumb"))
