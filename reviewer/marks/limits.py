"""Bounds of a review file. The browser's check (themes/default/js/marks-check.js) holds the same."""

FILE_BYTES = 50 * 2**20
"""One file. Marks, evidence and notes of 500 dossiers take 2 MB; fifty are twenty-five times that."""

JSON_MARKS = 8_000_000
"""Commas and brackets in a file, strings included: what 20,000 dossiers need, and what still fits into memory."""

TEXT_CHARACTERS = 100_000
"""One note: more than anybody writes about one dossier."""

NAME_CHARACTERS = 200
"""Applicant numbers, names of fields and people."""

DOSSIERS = 20_000
FIELDS = 2_000
VERSIONS = 50
DEVICES = 200

VALUE_DEPTH = 6
"""Nesting of a value that is not known to this version."""

LEAST_NUMBER, GREATEST_NUMBER = 1e-4, 1e9
"""Numbers within these are written alike by both languages."""

NUMBER_CHARACTERS = 24
"""Digits, sign and exponent of a number: beyond that it is no mark but an attack on the reader."""

PROBLEMS = 50
"""Faults told of one file; the rest is counted."""
