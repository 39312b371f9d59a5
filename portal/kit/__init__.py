"""Small parts without models or domain words that every app may use."""
