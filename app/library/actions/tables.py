"""The table of several files: kept while it is filled in, and ended as all of them come into the library.

Rules: one table at a time for each member, a draft of the kind `table` whose `file_keys` name its fresh
uploads; a second handful of files joins it. What was dropped and not yet gone on with is a draft of its own,
of the kind `many`. A page that was drawn before the table was saved elsewhere neither overwrites nor ends it.
"""

from collections.abc import Mapping, Sequence

from app.contributions.actions import discard_draft, end_draft, save_draft
from app.contributions.actions.drafts import find_draft
from app.contributions.actions.sending import named_sequence
from app.contributions.models import Contribution
from app.core.command import command
from app.library.actions.adding import Said, add_one, names_of
from app.networks.models import Member
from app.spaces.models import Space

DROPPED, TABLE = "many", "table"
MANY = 30
"""Files in one table."""
Fields = Mapping[str, Sequence[str]]


def table_of(actor: Member) -> tuple[dict[str, list[str]], int]:
    """What is filled in so far, by field, and its number; empty and 0 where there is no table."""
    draft = find_draft(actor, TABLE, "")
    if draft is None or not isinstance(draft.body, dict):
        return {}, 0
    fields = {
        name: [each for each in values if isinstance(each, str)]
        for name, values in draft.body.items()
        if isinstance(values, list)
    }
    return fields, draft.sequence


@command
def begin_table(actor: Member, keys: Sequence[str]) -> int:
    """These fresh uploads in the table, after those that wait in it; how many had no room."""
    fields, sequence = table_of(actor)
    waiting = names_of(actor, list(fields.get("file_keys", ())))
    all_keys = list(names_of(actor, list(dict.fromkeys([*waiting, *keys]))))
    # of a table whose files were all used elsewhere nothing is left to say
    kept = fields if waiting else {}
    save_draft(actor, TABLE, "", {**kept, "file_keys": all_keys[:MANY]}, sequence=sequence)
    end_draft(actor, DROPPED, "")
    return max(0, len(all_keys) - MANY)


@command
def keep_table(actor: Member, fields: Fields) -> None:
    """What was sent and could not be added yet. Raises StaleDraft where the table was saved elsewhere since,
    ValueError for more than a draft holds."""
    body = {name: list(values) for name, values in fields.items()}
    save_draft(actor, TABLE, "", body, sequence=named_sequence(TABLE, "") or 0)


@command
def drop_table(actor: Member) -> None:
    """Begin anew, from the table as it was drawn; the files go as any upload that nobody used."""
    discard_draft(actor, TABLE, "", sequence=named_sequence(TABLE, ""))


@command
def add_many(
    actor: Member, rows: Sequence[tuple[Space, Said, str]], *, stays: bool = False
) -> list[Contribution]:
    """One resource for each space, what is said, and a file's key; all of them, or none."""
    made = [add_one(actor, space, said, file_keys=[key], stays=stays) for space, said, key in rows]
    end_draft(actor, TABLE, "")
    return made
