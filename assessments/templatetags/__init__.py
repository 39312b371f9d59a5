"""Template tags for content."""
