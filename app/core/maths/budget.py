"""What one request may spend on formulas, however many texts its page has.

Rules: only TeX that is not remembered costs letters; what is left over is shown as typed. Outside a request
(a live event, the worker) one text at a time is written, and the bound of a text is enough.
"""

from dataclasses import dataclass

from flask import has_request_context, request

MOST_LETTERS_ANEW = 15_000
"""Letters of TeX that a request turns into MathML for the first time: some 0.15 s at the very worst."""
MOST_ON_A_PAGE = 600
"""Formulas that a request shows."""


@dataclass
class Budget:
    formulas: int = MOST_ON_A_PAGE
    letters: int = MOST_LETTERS_ANEW
    cut: int = 0

    def allows(self, letters: int) -> bool:
        """Whether one more formula may be shown that costs so many letters; takes it off."""
        if self.formulas < 1 or letters > self.letters:
            self.cut += 1
            return False
        self.formulas -= 1
        self.letters -= letters
        return True


def budget() -> Budget:
    """That of this request; a fresh one outside of any."""
    if not has_request_context():
        return Budget()
    found: Budget = request.environ.setdefault("throughline.formulas", Budget())
    return found


def cut_so_far() -> int:
    """Formulas that this request showed as typed for want of budget: what it rendered then is not kept."""
    return budget().cut
