"""Plays Auth0's part: publishes Auth0 log events with Auth0's delivery promise."""
