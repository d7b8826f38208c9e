"""A stand-in for an Auth0 tenant: its token endpoint, its log streams, and what a stream does in AWS.

The shapes are those of recorded answers and of Auth0's documentation; it was never compared with a real tenant.
"""
