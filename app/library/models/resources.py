"""Resources: the body beside a contribution of the kind `resource`, and its versions.

A resource is a file or several, a link, or a page written here. Title, description, grades, driver and
space are the contribution's own. A *version* is what it consisted of at a time: which files, which link,
which text, with what changed and why; the newest one is what the contribution carries. Files of every
version stay attached, so that each opens through the same permission check.

An *adaptation* ties a copy to what it was made of.
"""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Contribution
from app.core import clock
from app.core.db import BigId, Model, Moment
from app.core.files.models import StoredFile
from app.networks.models import Member

KIND = "resource"
FORMS = ("file", "link", "page")


class Resource(Model):
    """`uses` and `used_at` are kept true by `actions.using`; `authors` is as people wrote it."""

    __tablename__ = "resource"
    __table_args__ = (Index(None, "used_at"),)

    contribution_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    what: Mapped[str] = mapped_column(String(20))
    form: Mapped[str] = mapped_column(String(5))
    subject: Mapped[str] = mapped_column(String(20), default="")
    minutes: Mapped[int | None] = mapped_column()
    needs: Mapped[str] = mapped_column(String(300), default="")
    language: Mapped[str] = mapped_column(String(8), default="en")
    licence: Mapped[str] = mapped_column(String(20))
    authors: Mapped[str] = mapped_column(String(200), default="")
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    link_url: Mapped[str] = mapped_column(String(2000), default="")
    version: Mapped[int] = mapped_column(default=1)
    uses: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(Moment)

    contribution: Mapped[Contribution] = relationship()


class ResourceVersion(Model):
    """`note` says what changed and why; `html` is clean and is the page of that time."""

    __tablename__ = "resource_version"
    __table_args__ = (UniqueConstraint("contribution_id", "number"), Index(None, "made_by_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    contribution_id: Mapped[int] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column()
    note: Mapped[str] = mapped_column(String(500), default="")
    html: Mapped[str] = mapped_column(Text, default="")
    link_url: Mapped[str] = mapped_column(String(2000), default="")
    made_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    files_taken: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many of its files the owner took away since."""

    made_by: Mapped[Member | None] = relationship()
    files: Mapped[list["VersionFile"]] = relationship(order_by="VersionFile.position", lazy="selectin")


class VersionFile(Model):
    __tablename__ = "version_file"
    __table_args__ = (Index(None, "file_id"),)

    version_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("resource_version.id", ondelete="CASCADE"), primary_key=True
    )
    file_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("stored_file.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(default=0)

    file: Mapped[StoredFile] = relationship(lazy="joined", innerjoin=True)


class Adaptation(Model):
    """A copy and one of the resources that it was made of, as that was then: what its line names, and the
    licence that the copy keeps to, stay when the source goes."""

    __tablename__ = "adaptation"
    __table_args__ = (Index(None, "source_id"),)

    contribution_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    source_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    source_version: Mapped[int] = mapped_column(default=1)
    changed: Mapped[str] = mapped_column(String(500), default="")
    source_title: Mapped[str] = mapped_column(String(200), default="", server_default="")
    source_authors: Mapped[str] = mapped_column(String(200), default="", server_default="")
    source_licence: Mapped[str] = mapped_column(String(20), default="", server_default="")
