"""People, their teams, and the invitations that bring them in."""

from portal.people.models.invitation import Invitation
from portal.people.models.team import Membership, Team
from portal.people.models.user import User, display_name

__all__ = ["Invitation", "Membership", "Team", "User", "display_name"]
