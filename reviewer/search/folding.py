"""The normalisation by which search compares. It stands in `model`, since masks find their words by it too."""

from reviewer.model.folding import REPLACEMENT, SURROGATE, Edit, Folded, Folding, folding, folding_tables, units, units_length, whole

__all__ = ["REPLACEMENT", "SURROGATE", "Edit", "Folded", "Folding", "folding", "folding_tables", "units", "units_length", "whole"]
