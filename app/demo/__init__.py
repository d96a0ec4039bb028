"""The demo: two invented networks, so that a first visit finds people at work.

Nouns: a **script** is one network as written in `content/` (people, schools, groups,
posts); a **cast** is the rows that the script's people became in this database.
Rules: the demo never mixes with real networks, and everything that it makes can be
removed with one command. It stands on the top floor: only `app.cli` imports it.
"""
