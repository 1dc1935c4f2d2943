"""Messy customer lists in, accepted uploads out."""
