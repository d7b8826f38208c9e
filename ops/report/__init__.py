"""The operator's report: one page of a window of time."""
