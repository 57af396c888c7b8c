"""Simulated customers: vectorised, from a Generator passed in, true parameters returned with the data."""
