"""Transfer packages of students who change schools (異動生): read, written, merged into the new school's uploads."""
