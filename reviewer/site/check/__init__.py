"""The check of what was written, before it is published: what it finds is a fault of the product, never of a package."""
