"""The operator's commands: what to do when an alarm calls."""
