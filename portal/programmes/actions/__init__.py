"""What happens to programmes that were given."""
