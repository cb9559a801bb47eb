"""The reading view: a document's words in reading order, as headings, paragraphs and pictures, and what each page's text layer is worth."""
