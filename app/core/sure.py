"""Asking once more before what cannot be taken back, with scripts and without.

A form says its question in `data-confirm`: with scripts a dialog asks it, and sends `sure` along with the
form (`frontend/src/confirm.ts`). Without them the form arrives unsure, and its route answers with a page that
asks the same question and has one button; all that the form had goes along.
"""

from flask import render_template, request

SURE = "sure"
LEFT_OUT = (SURE, "csrf_token")


def is_sure() -> bool:
    """Whether whoever sent this form was asked."""
    return request.form.get(SURE) == "1"


def ask_first(question: str, yes: str, *, back: str, more: str = "") -> str | None:
    """The page that asks, to be answered with; None for who was asked already. `yes`: the word on the button;
    `more`: what it means, in a sentence; `back`: the address of who would rather not.
    """
    if is_sure():
        return None
    return render_template("core/sure.html", question=question, yes=yes, back=back, more=more, kept=kept())


def kept() -> list[tuple[str, str]]:
    """The fields of this form, to go along with the answer."""
    given = request.form.items(multi=True)
    return [(name, value) for name, value in given if name not in LEFT_OUT]
