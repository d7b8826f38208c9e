"""Drives the deployed sender: generated logs, scenarios, and files of real logs."""
