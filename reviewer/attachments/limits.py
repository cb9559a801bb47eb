"""Limits for files that nobody has vouched for, each with its reason.

An upload is at most 4 MB (documents) or 10 MB (media) by the central database's rule, so whatever needs more than these figures is either
damage or an attack. They bound time and memory, not taste: everything that a student could have meant fits by a factor of ten.
"""

PDF_BYTES = 64 * 2**20
"""A document is at most 4 MB by rule; transcripts scanned by an office reach 20 MB. Beyond this it is not what the rule lets in."""

PDF_PAGES = 400
"""The longest reports seen have 60 pages; 400 pages of page images are some 40 MB in a department's folder, for one item."""

PDF_OBJECTS = 200_000
"""A page of a usual report has 10 to 40 objects. qpdf holds about 1 KB for each, so this is 200 MB."""

PDF_PRUNED_OBJECTS = 400_000
"""Dictionaries visited while a file is made inert, counting one again where it plays another part: bounds cross-linked resources."""

PDF_STREAM_BYTES = 128 * 2**20
"""A stream that is not a picture, decoded: 20 MB of drawing operators is a detailed map; 128 MB is a decompression bomb."""

PDF_DECODED_BYTES = 512 * 2**20
"""The same over all streams of one file: many bombs of permitted size are a bomb."""

PDF_STREAM_FILTERS = 4
"""Filters in a row. Real files have one, rarely two (ASCII85 over Flate); a chain multiplies the ratio of a bomb."""

PICTURE_PIXELS = 150_000_000
"""Width times height of one picture in a PDF: a 108-megapixel phone camera fits; decoded it is 450 MB, which a child process can hold."""

PICTURE_PAGES = 20
"""Pages of one picture that is cut because it is a strip: the longest web pages saved as a picture have 15. One that needs more is made smaller first."""

PAGE_SIDE_POINTS = 14_400
"""The largest page side that readers agree on (200 inches, ISO 32000-1 annex C)."""

PAGE_SIDE_POINTS_LEAST = 3
"""The smallest page side that readers agree on (ISO 32000-1 annex C)."""

CONTENT_DEPTH = 24
"""Forms within forms. Producers nest 3 to 5 deep; qpdf's and our walk must not be led in circles."""

DRAWINGS = 200_000
"""Forms drawn in one file, counted out. Maps and charts draw a symbol some thousand times; twenty forms that each draw the next twice, a million."""

MARKUP_POINTS = 500_000
"""Points of annotations that come without a look, over one file: a page written full by hand has 20,000."""

CONTENT_OPERATIONS = 5_000_000
"""Operators of one file that concern text. A dense page has 5,000: 400 pages have 2 million."""

FONT_PROGRAM_BYTES = 64 * 2**20
"""An embedded font program, decoded. The largest CJK fonts have 20 to 30 MB."""

FONT_CODES = 70_000
"""Different codes of one font that are shown. A two-byte font has at most 65,536."""

CMAP_ENTRIES = 200_000
"""Entries of an embedded CMap or ToUnicode stream once its ranges are written out: three times a full two-byte map."""

CHILD_SECONDS = 60.0
"""Wall time for one attachment. Forty dense pages take 3 seconds; the limit is for what never ends."""

CHILD_CPU_SECONDS = 60
"""Processor time for one attachment, in whole seconds as the system counts it: a loop that the parent cannot see is ended by the kernel."""

CHILD_MEMORY_BYTES = 2 * 2**30
"""Address space of a child, 2 GiB: fonts and libraries take 0.6, a 150-megapixel picture 0.45, and a worker of the build must leave room."""

CHILD_FILE_BYTES = 256 * 2**20
"""The largest file that a child may write: results are smaller than what came in, except page images of a long document."""

CHILD_JOBS = 200
"""Jobs after which a child is replaced: leaks of native libraries stay bounded, and a start costs under 1 ms a job."""
