"""Template tags that every app may load."""
