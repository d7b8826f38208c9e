"""The custom resource that makes and keeps the log stream in an Auth0 tenant."""
