"""What is wrong with a file, and what of it can be had."""
