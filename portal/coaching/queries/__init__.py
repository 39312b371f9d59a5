"""What people see of feedback sessions; never writes."""
