"""What a newcomer sees: Auth0's events going through the deployed app, on an AWS inside the checkout."""
