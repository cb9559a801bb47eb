"""Sealed deliveries: one encrypted container per committee, whole or as a delta, and how it is applied to a reviewer's folder."""
