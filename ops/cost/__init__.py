"""What does an environment cost? Pure, but for `templates.py` and `command.py`."""
