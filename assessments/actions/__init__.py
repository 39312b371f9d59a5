"""What happens to attempts: the only code here that writes more than one row."""
