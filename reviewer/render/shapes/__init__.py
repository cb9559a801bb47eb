"""The types that templates may use: frozen, all text as `Words`, everything already said the way a page says it."""
