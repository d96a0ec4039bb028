"""What was found in a file, once it was read: kinds and places, none of its words."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import BigId, Model, Moment


class FileLook(Model):
    """The file was looked through. `findings` are `{kind, mark, place}`, empty where nothing was found."""

    __tablename__ = "file_look"

    file_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("stored_file.id", ondelete="CASCADE"), primary_key=True
    )
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    looked_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
