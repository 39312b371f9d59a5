"""What people type about feedback sessions."""
