"""What a person or a program sees: the command line, the web page, the API, the exports.

Faces see `pipeline`, `record` and the floor, not each other; `render` makes the JSON for all.
"""
