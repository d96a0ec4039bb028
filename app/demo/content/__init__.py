"""What the demo says: the networks as data, written for this project.

The words are in JSON beside this module, one folder per network: `network.json`,
`people.json`, `files.json` and `posts/*.json`. `read_script(slug)` gives them as the
dataclasses of `nouns`. Nothing in here knows the database.
"""

from app.demo.content.nouns import (
    Asking,
    FileSpec,
    Following,
    Group,
    GroupAsking,
    Person,
    Post,
    Promise,
    Reply,
    School,
    Script,
    Standards,
    When,
)
from app.demo.content.reading import SLUGS, read_script, read_standards

__all__ = [
    "SLUGS",
    "Asking",
    "FileSpec",
    "Following",
    "Group",
    "GroupAsking",
    "Person",
    "Post",
    "Promise",
    "Reply",
    "School",
    "Script",
    "Standards",
    "When",
    "read_script",
    "read_standards",
]
