"""Which pages publish the same article.

In: Articles (their zones are known). Out: a Sketch for the record's index, a CopyLink where two
articles are one. Leaves to others: which pairs to compare (the record looks up shared
`Sketch.bands`), grouping linked pages, and what follows from a copy.

Only the article's own paragraphs count: appeals, comments, navigation and captions are not compared.
"""

from onrecord.copies.sketch import compare, could_match, make_sketch

__all__ = ["compare", "could_match", "make_sketch"]
