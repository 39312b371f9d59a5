"""What happens to mails: planned, delivered, sent again, turned off."""
