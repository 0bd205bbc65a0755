"""Small lists and what is right for each, told as tables; see ``test_cases``."""
