"""Departments' configuration, its exchange and statistics, and `select()` itself: what of a portfolio one department's reviewers see."""
