"""What one sees of courses; nothing here writes."""
