"""The one place that knows Auth0: log types, the shape of an event, and a generator of plausible logs."""
