"""What one sees of attempts; nothing here writes."""
