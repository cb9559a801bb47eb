"""The ground floor: immutable types, code tables and dated limits. Knows no other room."""
