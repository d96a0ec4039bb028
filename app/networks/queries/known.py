"""Whose names are no pupils': the members of a network, for the check of student privacy."""

from sqlalchemy import select

from app.core.db import db
from app.networks.models import Member
from app.privacy.policy import Known


def known_in(network_id: int | None) -> Known:
    """The members of a network, former ones too."""
    return Known.of(db.session.scalars(select(Member.name).where(Member.network_id == network_id)).all())
