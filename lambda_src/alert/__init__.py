"""Tells people about an attack: one readable SNS message for each log."""
