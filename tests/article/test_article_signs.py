"""What one line is by its own words."""

import pytest

from onrecord.article.lexicon import words_of
from onrecord.article.signs import Sign, sign_of


def sign(line: str) -> Sign | None:
    return sign_of(line, words_of(line), line[-1:] in '.!?”"')


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Support The Harbour Courier!", Sign.APPEAL),
        ("Sign up for our newsletter", Sign.APPEAL),
        ("Become a member today and read without limits", Sign.APPEAL),
        (
            (
                "We at the Courier depend on readers like you. Your support pays our reporters, and every month"
                " it keeps our newsroom open. Please donate what you can."
            ),
            Sign.APPEAL,
        ),
        ("Leave a Reply", Sign.FORM),
        ("14 Comments", Sign.THREAD),
        ("Liked by 12 people", Sign.REMARK),
        ("Tom Okafor says:", Sign.REMARK),
        ("(c) The Harbour Courier", Sign.CREDIT),
        ("© 2019 Brennick News Agency. All rights reserved.", Sign.CREDIT),
        ("Photo: Lena Moss", Sign.CREDIT),
        ("This story was originally published by The Harbour Courier.", Sign.CREDIT),
        ("Reporting by Ana Ruiz; editing by Tom Okafor", Sign.CREDIT),
        ("Original url:", Sign.LABEL),
        ("<https://courier.example/2019/crane>", Sign.ADDRESS),
        ("Original url: <https://courier.example/2019/crane>", Sign.ADDRESS),
        ("March 3, 2019", Sign.DATE),
        ("Friday, 5 December 2014, Brennick", Sign.DATE),
        ("Published: Sun 3 Mar 2019, 14:02 GMT", Sign.DATE),
        ("By Ana Ruiz", Sign.BYLINE),
        ("By Ana Ruiz and Tom Okafor, Staff Writers", Sign.BYLINE),
        ("Ana Ruiz, Political Correspondent", Sign.BYLINE),
        ("Ana Ruiz | Published 15 hours ago", Sign.BYLINE),
        ("by Ana Ruiz Jul. 19, 2021 9:45 am", Sign.BYLINE),
        ("Read more", Sign.BUTTON),
        ("Read more: What became of the crane", Sign.BUTTON),
        ("Click here to see the plans", Sign.BUTTON),
        ("- 12 -", Sign.NUMBER),
        ("We use cookies on this site; by clicking you agree to our partners storing them.", Sign.NOTICE),
    ],
)
def test_line_shows_what_it_is(line: str, expected: Sign) -> None:
    assert sign(line) is expected


@pytest.mark.parametrize(
    "line",
    [
        "Ruiz urged the crowd to donate to the flood fund, and many did.",
        "“Support us and we will support you,” he told the dockers, who had not been paid every month.",
        "By the time the crane came, the harbour had frozen.",
        "The source of the leak was found on Tuesday.",
        "Image is everything, the mayor said of the new bridge.",
        "The paper said that cookies and privacy would be regulated next year.",
        "Comments by the mayor drew anger.",
        "Replying to a question, Ruiz said the dam was safe.",
        "Copying the plans took a year.",
    ],
)
def test_narration_shows_nothing(line: str) -> None:
    assert sign(line) is None
