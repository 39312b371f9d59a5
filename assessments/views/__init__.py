"""The pages on which people play, answer and look back."""
