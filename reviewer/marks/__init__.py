"""Reviewers' files: validate, merge, weigh, compare."""
