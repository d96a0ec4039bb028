"""What stands for a person: initials on a stable colour until there is a photo, and what one is called.

Rules: the colour depends on the account's or member's number alone, so that it stays when a name changes;
there are twelve (`.av-0` to `.av-11` in the stylesheet), each readable under white letters.
"""

COLOURS = 12
TITLES = ("dr", "mr", "mrs", "ms", "miss", "mx", "prof", "sr", "sra", "coach")


def initials(name: str) -> str:
    """The first letters of the first and the last word; `·` where there is no letter."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "·"
    first, last = words[0][0], words[-1][0] if len(words) > 1 else ""
    return (first + last).upper()


def first_name(name: str) -> str:
    """What colleagues call somebody: "Ana" for "Dr. Ana Ruiz"; "Mr. Ellis" where that is all."""
    words = name.split()
    if len(words) < 2 or words[0].rstrip(".").lower() not in TITLES:
        return "".join(words[:1])
    return words[1] if len(words) > 2 else " ".join(words)


def colour_class(number: int | None) -> str:
    """The colour's class for a person's number; the plain one where there is no person to name."""
    return "av-none" if number is None else f"av-{number % COLOURS}"
