"""The constructs that the stacks are composed of, one architectural task each."""
