"""What happens to courses: the only code here that writes more than one row."""
