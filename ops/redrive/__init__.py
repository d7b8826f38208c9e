"""Puts the messages of dead-letter queues back to where they came from."""
