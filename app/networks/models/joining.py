"""Ways in: invitation links, and invitations by mail.

A link (`/join/<token>`) can fix a role and a site, expires, counts its uses and can be
revoked. A mail invitation is a link of its own for one address. Asking to join makes a
member whose standing is `asked`.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import BigId, Model, Moment
from app.networks.models.networks import Network, Site


class Invitation(Model):
    """`token` is kept readable because facilitators show the link again."""

    __tablename__ = "invitation"
    __table_args__ = (Index(None, "network_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    made_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    role: Mapped[str | None] = mapped_column(String(20))
    site_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("site.id", ondelete="SET NULL"))
    makes_facilitator: Mapped[bool] = mapped_column(default=False)
    max_uses: Mapped[int | None] = mapped_column()
    uses: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)

    network: Mapped[Network] = relationship()
    site: Mapped[Site | None] = relationship()


class MailInvitation(Model):
    """One address that was invited; its link is an `Invitation` with one use."""

    __tablename__ = "mail_invitation"
    __table_args__ = (Index(None, "network_id", "email"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    invitation_id: Mapped[int] = mapped_column(BigId, ForeignKey("invitation.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(80), default="")
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    accepted_at: Mapped[datetime | None] = mapped_column(Moment)

    invitation: Mapped[Invitation] = relationship()
