"""Mathematics that people write: TeX between dollar signs, shown as MathML, read as plain words.

Nouns: a *formula* is what stands between `$…$`, or between `$$…$$` on a line of its own; *as typed* is how
it is kept in clean HTML, and how it is shown when it is no TeX that we know.
Rules: nothing but the rendering knows MathML, so that editing and exporting see what was typed; money, code
and links are left alone; what the library returns is rebuilt from an allow-list; work is bounded before it
begins; nothing here raises because of what somebody wrote.
Neighbours: `text.plain` asks `readable`; the filter `clean_html` is `shown`; search adds `spoken`.
"""

from flask import Flask

from app.core.maths.budget import cut_so_far
from app.core.maths.formula import Formula, formula
from app.core.maths.writing import line_read, line_shown, readable, shown, shown_lines, spoken

__all__ = [
    "Formula",
    "cut_so_far",
    "formula",
    "init_app",
    "line_read",
    "line_shown",
    "readable",
    "shown",
    "shown_lines",
    "spoken",
]


def init_app(app: Flask) -> None:
    """Give templates the filters, and open what the editor's keys ask for."""
    from app.core.maths.routes import blueprint

    app.jinja_env.filters["clean_html"] = shown
    app.jinja_env.filters["lines_with_maths"] = shown_lines
    app.jinja_env.filters["title_html"] = line_shown
    app.jinja_env.filters["title_plain"] = line_read
    app.register_blueprint(blueprint)
