"""Programmes given to people: who got which, how far they are, and what is proposed."""
