"""What must be so between frameworks, standards and those who name them."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.core.db import db
from app.core.doctor import check
from app.standards.models import Framework, FrameworkChoice, Standard, normalise_code, short_code

_Above = aliased(Standard)


@check("standards: places in the tree")
def places() -> Iterable[str]:
    """A standard lies inside its parent's range, in the same framework; a retired one has no place."""
    query = select(Standard.id).join(_Above, _Above.id == Standard.parent_id)
    astray = (
        (_Above.framework_id != Standard.framework_id)
        | (Standard.position <= _Above.position)
        | (Standard.last > _Above.last)
    )
    for standard_id in db.session.scalars(query.where(Standard.retired_at.is_(None), astray)):
        yield f"standard {standard_id} is not where its parent is"
    lost = select(Standard.id).where(Standard.retired_at.is_(None), Standard.position == 0)
    for standard_id in db.session.scalars(lost):
        yield f"standard {standard_id} has no place"


@check("standards: codes")
def codes() -> Iterable[str]:
    """The keys by which a code is found are those of the code."""
    rows = db.session.execute(select(Standard.id, Standard.code, Standard.code_key, Standard.short_key))
    for row in rows:
        if (row.code_key, row.short_key) != (normalise_code(row.code), short_code(row.code)):
            yield f"standard {row.id} is not found by its code"


@check("standards: walls")
def walls() -> Iterable[str]:
    """A network uses its own frameworks and those for all."""
    query = select(FrameworkChoice.framework_id).join(Framework, Framework.id == FrameworkChoice.framework_id)
    for framework_id in db.session.scalars(query.where(Framework.network_id != FrameworkChoice.network_id)):
        yield f"framework {framework_id} is used by another network than its own"
