"""Counts what the users of a tenant do, as CloudWatch metrics."""
