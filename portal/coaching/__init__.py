"""Feedback sessions between a lead and an agent: prepared, held, and followed up."""
