"""One rule, one file; `register` lists them in order."""
