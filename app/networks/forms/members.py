"""Forms about people: one's profile and place, and what facilitators change."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from app.core.forms import Form
from app.networks import policy
from app.networks.actions.schools import said_site_id
from app.networks.actions.words import NAME, SHORT, STORY
from app.networks.forms.fields import Choice, Grades, Line, Lines, Upload, role_choices, site_choices
from app.networks.models import Member


class PlaceForm(Form):
    """School, role and grades, of oneself or of a member."""

    role = Choice(_l("Your role"))
    site_id = Choice(_l("Your school"))
    grades = Grades(_l("Grades you work with"))

    def __init__(self, member: Member, **more: Any) -> None:
        site_id = self.site_shown(member)
        now = {"role": member.role or "", "site_id": str(site_id or "")}
        super().__init__(data={**now, "grades": Grades.from_mask(member.grades)}, **more)
        roles = role_choices(_l("Rather not say"))
        self.role.offer([pair for pair in roles if self.may_choose(member, pair[0] or None)])
        self.site_id.offer(site_choices(member.network, _l("None of these"), also=site_id))

    def site_shown(self, member: Member) -> int | None:
        """One's own school as one said it, though it may wait to be confirmed."""
        return said_site_id(member)

    def may_choose(self, member: Member, role: str | None) -> bool:
        """What somebody may say of themselves; a facilitator sets the rest."""
        return role == member.role or policy.may_take_role(member, member, role)


class MemberForm(PlaceForm):
    """What facilitators change; the hub roles are offered to directors only."""

    is_facilitator = BooleanField(_l("Facilitator"))
    is_director = BooleanField(_l("Network director"))

    def site_shown(self, member: Member) -> int | None:
        """Of somebody else the confirmed one: what waits is answered by its own buttons."""
        return said_site_id(member) if self.is_own else member.site_id

    def may_choose(self, member: Member, role: str | None) -> bool:
        return True

    def __init__(self, member: Member, *, is_own: bool = False, **more: Any) -> None:
        self.is_own = is_own
        super().__init__(member, **more)
        self.role.label.text, self.site_id.label.text = _l("Role"), _l("School or district")
        self.grades.label.text = _l("Grades")
        if not self.is_submitted():
            self.is_facilitator.data, self.is_director.data = member.is_facilitator, member.is_director


class ProfileForm(Form):
    name = Line(_l("Name"), NAME, needed=_l("Please keep a name that colleagues know you by."))
    working_on = Line(_l("Working on"), SHORT, description=_l("What you are trying out these weeks."))
    can_help_with = Line(_l("Can help with"), SHORT, description=_l("What colleagues may ask you about."))
    story = Lines(_l("What brought you to teaching"), STORY)


class StoryForm(Form):
    story = Lines(_l("What brought you to teaching?"), STORY)


class PhotoForm(Form):
    photo = Upload(_l("Photo"), description=_l("JPEG, PNG or WebP. We cut it to a square."))


class NoFieldsForm(Form):
    """A button that changes something: nothing but its token."""
