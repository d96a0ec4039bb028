"""The design system's words in templates: icons, avatars, navigation, the theme and the style guide.

Neighbours: the macros in `templates/core/_ui.html` build on these; `frontend/` has the styles and behaviour.
"""

from typing import Literal

from flask import Flask, current_app, request
from flask_babel import get_locale

from app.core import navigation, remembered, shell, styleguide
from app.core.avatars import colour_class, first_name, initials
from app.core.icons import LOGO, icon, icon_sprite
from app.core.remembered import forbid_in_remembered


def theme() -> Literal["light", "dark", ""]:
    """What the reader chose on this device; empty follows the device."""
    forbid_in_remembered("the theme")
    chosen = request.cookies.get("theme", "")
    return "light" if chosen == "light" else "dark" if chosen == "dark" else ""


def photo_url(key: str) -> str:
    """The address of a photo's file; the same for every viewer, so that a partial can be sent to many."""
    return f"{current_app.config['APPLICATION_ROOT'].rstrip('/')}/files/{key}"


def init_app(app: Flask) -> None:
    """Make the words known to every template, and show the style guide where it is for developers."""
    for part in (navigation, remembered, shell):
        part.init_app(app)
    app.jinja_env.globals.update(
        get_locale=get_locale,
        icon=icon,
        icon_sprite=icon_sprite,
        logo=LOGO,
        initials=initials,
        first_name=first_name,
        colour_class=colour_class,
        photo_url=photo_url,
        theme=theme,
    )
    if app.debug or app.testing or app.config.get("STYLEGUIDE"):
        app.register_blueprint(styleguide.blueprint)
