"""Files in and out: readers, column guessing, writers. Knows the rules, no database."""
