"""The field guide: what the fields of a package are, for programs, for engineers, and for families and teachers. Reads the model alone."""
