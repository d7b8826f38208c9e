"""The preflight and the health page in one: `python -m ops status`."""
