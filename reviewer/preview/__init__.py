"""What reviewers will see, before it is packed: a school's uploads on the very path of a university's build."""
