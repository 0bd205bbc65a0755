"""A year of the operator's work, played by the product's own verbs with the clock moving."""
