"""The pages of feedback sessions."""
