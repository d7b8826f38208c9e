"""Which AWS resources bring Auth0's log events into an account."""
