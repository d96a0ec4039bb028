"""The base of every form: it reads fields as people send them, and nothing else.

Rules: only the words of a submitted form are read. Uploads and JSON under a field's name are not words; a
form that took them would break on them. The token against forgery is checked before any view
(`core.security`), so a form carries none of its own. Uploads are read from `request.files`, by their view
or by a field that takes nothing else.
"""

from typing import Any

from flask import request
from flask_wtf import FlaskForm

_AS_SENT = object()


class Form(FlaskForm):
    """A form filled from the request that submits it; `formdata=None` leaves it as `obj` and `data` say."""

    class Meta:
        csrf = False

    def __init__(self, formdata: Any = _AS_SENT, **more: Any) -> None:
        if formdata is _AS_SENT:
            formdata = request.form if self.is_submitted() else None
        super().__init__(formdata=formdata, **more)
