"""What one may see of people and teams."""
