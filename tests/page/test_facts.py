"""What a page states about itself: JSON-LD, <meta>, microdata, elements."""

import pytest
from tests.page.reading import facts, read

from onrecord.page.facts import _meta_keys


def json_ld(*nodes: str) -> str:
    """A page with JSON-LD scripts."""
    return "".join(f'<script type="application/ld+json">{node}</script>' for node in nodes) + "<p>x"


ARTICLE = """{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Ferry &amp; bridge",
"author": [{"@type": "Person", "name": "Ida Moe"}, {"@type": "Person", "name": ["Jon Aas"]}],
"publisher": {"@type": "Organization", "name": "The Fjord Post"}, "datePublished": "2031-05-04T10:00:00Z",
"dateModified": "2031-05-05", "mainEntityOfPage": {"@id": "https://fjord.example/ferry"}, "inLanguage": "en"}"""


def test_an_article_in_json_ld() -> None:
    page = read(json_ld(ARTICLE))
    assert {key: value for (key, where), value in facts(page).items() if where == "json-ld"} == {
        "title": "Ferry & bridge",
        "author": "Ida Moe",
        "publisher": "The Fjord Post",
        "published": "2031-05-04T10:00:00Z",
        "modified": "2031-05-05",
        "url": "https://fjord.example/ferry",
        "language": "en",
        "kind": "NewsArticle",
    }
    assert [f.value for f in page.facts if f.key == "author"] == ["Ida Moe", "Jon Aas"]


def test_a_fact_knows_its_bytes() -> None:
    source = '<meta property="og:title" content="Ferry">é' + json_ld(ARTICLE)
    page = read(source)
    pieces = {f.where: source.encode()[f.bytes.start : f.bytes.end].decode() for f in page.facts if f.bytes}
    assert pieces["og"] == '<meta property="og:title" content="Ferry">'
    assert pieces["json-ld"] == ARTICLE


@pytest.mark.parametrize(
    "node",
    [
        '{"@graph": [{"@id": "#ida", "name": "Ida Moe"}, {"@type": "Article", "author": {"@id": "#ida"}}]}',
        '[{"@type": "BreadcrumbList"}, {"@type": ["Article", "NewsArticle"], "author": "Ida Moe"}]',
        '{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "author": {"name": "Ida Moe"}}}',
        '<!-- {"@type": "Article", "author": "Ida Moe",} -->',
        '{"@type": "http://schema.org/NewsArticle", "author": {"givenName": "Ida", "familyName": "Moe"}}',
        '{"@type": "Article", "author": {"@list": [{"name": "Ida Moe"}]}}',
        '{"@type": "Article", "articleBody": "a\nb", "author": "Ida\tMoe"}',
    ],
)
def test_shapes_of_json_ld(node: str) -> None:
    assert facts(read(json_ld(node)))["author", "json-ld"] == "Ida Moe"


def test_the_page_s_own_article_among_several() -> None:
    other = '{"@type": "NewsArticle", "headline": "Other", "url": "https://fjord.example/other", "author": "Jon Aas"}'
    own = '{"@type": "Article", "headline": "Own", "url": "https://fjord.example/own", "author": "Ida Moe"}'
    page = read('<link rel="canonical" href="https://fjord.example/own">' + json_ld(other, own))
    assert [f.value for f in page.facts if f.key == "author"] == ["Ida Moe"]


def test_what_is_no_article_states_nothing() -> None:
    page = read(
        json_ld('{"@type": "VideoObject", "name": "Clip", "author": "Jon Aas", "uploadDate": "2031-01-01"}')
    )
    assert page.facts == ()


@pytest.mark.parametrize(
    "node",
    ["", "{", "[" * 5000, "null", '"x"', "{}", '{"@type": 3}', '{"@type":"Article","author":{"name":{}}}'],
)
def test_json_ld_that_says_nothing(node: str) -> None:
    assert not [f for f in read(json_ld(node)).facts if f.key != "kind"]


def test_elements() -> None:
    page = read(
        '<html lang="nb"><head><title>Ferry | Fjord Post</title><link rel="canonical" href="https://fjord.example/f">'
        '<body><h1 class="visually-hidden">Ferry &amp; bridge</h1><a rel="author" href="/ida">Ida Moe</a>'
        '<time datetime="2031-05-04" class="updated">4 May</time><time>3 May 2031</time>'
        '<div itemprop="author"><b itemprop="name">Jon Aas</b> writes on ferries</div>'
        '<meta itemprop="datePublished" content="2031-05-04">'
        '<div itemprop="comment"><span itemprop="author">Troll</span></div>'
    )
    assert facts(page) == {
        ("language", "html"): "nb",
        ("title", "title"): "Ferry | Fjord Post",
        ("url", "link"): "https://fjord.example/f",
        ("title", "h1"): "Ferry & bridge",
        ("author", "link"): "Ida Moe",
        ("modified", "time"): "2031-05-04",
        ("published", "time"): "3 May 2031",
        ("author", "microdata"): "Jon Aas",
        ("published", "microdata"): "2031-05-04",
    }
    assert "Troll" not in {fact.value for fact in page.facts}


def test_an_author_s_address_is_no_name() -> None:
    assert read('<meta property="article:author" content="https://fjord.example/ida"><p>x').facts == ()


@pytest.mark.parametrize("name", _meta_keys())
def test_every_meta_name_states_its_key(name: str) -> None:
    (fact,) = read(f'<meta name="{name.upper()}" content="2031-05-04"><p>x').facts
    assert fact.key == _meta_keys()[name][1]


def test_a_headline_that_ends_a_paragraph_is_heard() -> None:
    assert facts(read("<p>Ferries<h1>The ferry closes</h1><p>x"))["title", "h1"] == "The ferry closes"
