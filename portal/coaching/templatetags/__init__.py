"""Template tags about what passes between a lead and an agent."""
