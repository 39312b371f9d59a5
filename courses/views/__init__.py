"""The pages of learning, assigning and content."""
