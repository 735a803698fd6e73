"""When each attribution was said, and on what occasion: a Setting for each.

In: an Article, its attributions, perhaps the day of a copy. Out: days with the rule and the words that
settled them. No article date, no day from a weekday; the clock is never asked.
"""

from onrecord.dates.settings import resolve_settings

__all__ = ["resolve_settings"]
