"""What happens to people and teams."""
