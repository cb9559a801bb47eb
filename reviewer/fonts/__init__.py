"""Faces, their coverage, rare characters, and subsets: which font draws which character, decided before anything is rendered."""
