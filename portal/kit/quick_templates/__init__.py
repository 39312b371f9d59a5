"""Django's template language, made quick: templates are turned into Python when they are loaded.

Why, and what must stay true, is in portal/docs/adr/0006-templates-become-python.md.
"""
