"""Selling: whom to contact, when, and what a contact changes."""
