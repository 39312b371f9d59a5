"""What happens to feedback sessions: the only code here that writes more than one row."""
