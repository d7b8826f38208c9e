"""Realistic sequences of logs over time: the same people and addresses in cause and consequence."""
