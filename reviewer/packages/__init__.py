"""Read and verify packages: one student's portfolio each, as folder, zip or BagIt bag; and the applications table.

Imports nothing itself: a build with nothing to do lists and plans without the readers (`opening`, `reader`), which take longer to load than it takes.
"""
