"""The norms that a new network begins with, to be edited by its people."""

from flask_babel import lazy_gettext as _l

TITLE, MEANING, EXAMPLE = "title", "meaning", "example"
STARTING = (
    {
        TITLE: _l("All voices"),
        MEANING: _l(
            "Everyone who is here has something that the rest of us need. "
            "Who talks easily makes room; who doesn't is asked."
        ),
        EXAMPLE: _l("“I've written twice this week. First I'd love to hear from somebody in grade 5.”"),
    },
    {
        TITLE: _l("Listen first"),
        MEANING: _l("We read to the end, and ask one real question before we offer advice."),
        EXAMPLE: _l("“When you say they froze: was it at the table, or at the first word problem?”"),
    },
    {
        TITLE: _l("What's shared here stays here"),
        MEANING: _l(
            "Posts are for learning, never for judging anybody. "
            "We carry nobody's words out of here without asking."
        ),
        EXAMPLE: _l("“May I show your exit slips to my team? I'd leave your name off if you like.”"),
    },
    {
        TITLE: _l("A test that failed is a gift"),
        MEANING: _l(
            "Somebody else was about to try the same. "
            "Saying early that it didn't work saves many children a bad hour."
        ),
        EXAMPLE: _l("“Eleven of 26 got it. Here is what I did, and the slip, so you can see for yourself.”"),
    },
    {
        TITLE: _l("Students are never named"),
        MEANING: _l(
            "No names, no faces, no initials, in texts or in files. "
            "Counts and anonymous work are enough to learn from."
        ),
        EXAMPLE: _l("“One student wrote this, and five more agreed with it.”"),
    },
    {
        TITLE: _l("Small, soon and shared"),
        MEANING: _l(
            "We try the smallest version that can teach us something this week, "
            "and write before it is polished."
        ),
        EXAMPLE: _l("“I only tried it with my last class. Here is a photo of the board.”"),
    },
    {
        TITLE: _l("About the lesson, not the teacher"),
        MEANING: _l(
            "We talk about the task, the numbers and the words. That the person cares, we take for granted."
        ),
        EXAMPLE: _l("“I think the numbers are doing this. What if it were 4 to 7?”"),
    },
)


def starting_norms() -> list[dict[str, str]]:
    """`{title, meaning, example}` in the reader's language."""
    return [{part: str(words) for part, words in norm.items()} for norm in STARTING]
