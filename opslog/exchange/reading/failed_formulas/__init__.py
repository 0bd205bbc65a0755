"""Formulas that failed, which the library gives back as blanks: how each format says so."""
