"""From packages to published folders: the plan, the run, publishing, the check of what was written, the build report."""
