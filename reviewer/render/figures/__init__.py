"""Figures as inline SVG: the same drawing on screen and on paper, with words for those who do not see it."""
