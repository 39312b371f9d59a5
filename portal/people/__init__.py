"""People, teams, roles, and how they sign in."""
