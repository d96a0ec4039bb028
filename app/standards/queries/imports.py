"""What a network brought in lately, and how it went."""

from sqlalchemy import select

from app.core.access import NotFound
from app.core.db import db
from app.standards.models import FrameworkImport

SHOWN = 8


def get_import(network_id: int, import_id: int) -> FrameworkImport:
    """Raises NotFound for another network's."""
    found = db.session.get(FrameworkImport, import_id)
    if found is None or found.network_id != network_id:
        raise NotFound
    return found


def imports_of(network_id: int) -> list[FrameworkImport]:
    """The newest first."""
    query = select(FrameworkImport).where(FrameworkImport.network_id == network_id)
    return list(db.session.scalars(query.order_by(FrameworkImport.id.desc()).limit(SHOWN)))
