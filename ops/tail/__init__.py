"""Events as they pass, by the event log."""
