"""Events of a time window once more, from a bus's archive to chosen rules."""
