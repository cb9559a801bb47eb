"""Figures of search: the corpus, the browsers, the engines that were compared."""
