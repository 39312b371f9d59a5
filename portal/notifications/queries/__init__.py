"""What one may see of the outbox."""
