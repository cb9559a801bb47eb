"""Search: one normalisation, search documents, the pages' text shards and their ranking, the office's Whoosh index."""
