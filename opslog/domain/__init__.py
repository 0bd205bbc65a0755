"""The rules, pure: no database, no files, no clock but the one passed in."""
