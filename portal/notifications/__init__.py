"""Mail that goes out once, at the right time, and can be traced."""
