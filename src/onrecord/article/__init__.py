"""article: Page -> Article. Zones, title, authors, publisher, credit, language, when published."""

from onrecord.article.find import find_article
from onrecord.article.score import weights_sha256

__all__ = ["find_article", "weights_sha256"]
