"""Limits for packages that nobody has vouched for, each with its reason.

A student hands in at most some 70 files in three years (6 outcomes and 10 performances a year, 4 and 10 MB each), and his JSON is well
under 1 MB. What needs more than these figures is damage or an attack. They bound time and memory, not taste.
"""

ENTRIES = 5_000
"""Files and folders of one package. The fullest three years have some 300; a hundred thousand entries take seconds to list."""

TOTAL_BYTES = 2 * 2**30
"""All files of one package. 70 items with 4 MB and 10 MB each are 980 MB; twice that fits a worker's temporary folder."""

FILE_BYTES = 512 * 2**20
"""One file. The rule lets in 10 MB; a film straight from a camera may be handed over for 申請, and hashing 512 MB takes one second."""

DEPTH = 8
"""Folders within folders. Packages have at most two (`data/`, 校系代碼/), and what wraps them a few."""

NAME_BYTES = 255
"""One file name as UTF-8: what every file system of today can hold."""

ARCHIVE_DIRECTORY_BYTES = 8 * 2**20
"""Central directory of a zip: 5,000 entries with long names take 1.5 MB. Checked before the directory is read."""

RATIO = 200
"""Unpacked to packed bytes. Distributions in JSON reach 40, an empty page 100; deflate can do 1,032, which only bombs need."""

RATIO_FROM_BYTES = 32 * 2**20
"""The ratio is asked only beyond this size: small things may shrink as they like."""

JSON_BYTES = 2 * 2**20
"""One JSON part. A 修課紀錄 of three years with all its distributions has 0.15 MB; two megabytes of text are five hundred pages to lay out."""

JSON_DEPTH = 32
"""Brackets within brackets. The export nests five deep; Python's own reader gives up near 1,000."""

JSON_VALUES = 40_000
"""Values of one JSON part, counted by its commas and brackets. A full 修課紀錄 has 6,000."""

ITEMS = 1_000
"""Items of one list: courses, outcomes, performances of a kind. Three years have 120 courses; a thousand take 20 s to lay out, and many a bomb more."""

FIELD_CHARACTERS = 20_000
"""Characters of one field. 簡述 has 100 by rule; twenty thousand are twelve pages. What is longer is cut, with a problem."""

PROBLEMS_OF_A_FILE = 200
"""Problems reported of one file; then one says how many more there are. A report of a thousand lines is read by nobody."""

MARKDOWN_BYTES = 128 * 2**10
"""A Markdown part. 綜整心得 has 800 characters by rule; this is forty thousand. A parser's time grows with the square of what is made to be hard."""

TEXT_BYTES = 2**20
"""A table of 造字 or 課程計畫: a school's course plan has 300 KB."""

DESCRIPTION_CHARACTERS = 2_000
"""課程說明 of one course. It stands beside each outcome of the course, and 200 outcomes of one with 120,000 characters are 72 MB."""

COURSE_CHARACTERS = 200
"""One fact of a course (科目名稱, 課程類別, 課程領域, 學分數, 分數): a line that stands beside each of up to a thousand outcomes."""

GLYPHS = 6_400
"""造字 of one school: as many as the private use area of the basic plane holds."""

GLYPH_CHARACTERS = 100
"""說明 of a 造字, as 「左金右奇」. It is said wherever the character stands: 100,000 characters for one that stands 4,500 times are 2.7 GB."""

GLYPH_MAPPED_CHARACTERS = 20
"""對應字 of a 造字: one character, or a description of how it is put together. Searching takes it for the character wherever that stands."""

LINKS_OF_A_FIELD = 50
"""Files that one field may name when it is a list; the export has one."""

TABLE_BYTES = 96 * 2**20
"""An applications table: 200,000 rows with thirteen ticks each have 60 MB as CSV, and no school's roster comes near."""

TABLE_UNPACKED_BYTES = 512 * 2**20
"""A workbook once unpacked: XML takes some fifty bytes a cell beside its words, which stand there once."""

TABLE_ROWS = 1_048_576
"""Rows of a .csv: what one sheet of a spreadsheet holds. A file of nothing but line breaks has as many as it has bytes."""

TABLE_CELLS = 5_000_000
"""Cells of a table, with the empty ones between them: a roster of 100,000 rows and thirty columns has 3 million, and half a gigabyte holds five."""

TABLE_CHARACTERS = 100_000_000
"""Words of a workbook's cells: as many as the largest .csv has. A shared string of 200 KB that 20,000 cells name is 4,000 million."""

CELL_CHARACTERS = 131_072
"""Words of one cell of a .csv: four times what a spreadsheet's cell holds."""

XML_DEPTH = 64
"""Elements within elements of a workbook's parts; sheets have eight."""

XML_TAG_BYTES = 2**20
"""One tag, comment or the like of a workbook's parts: it is read again with every piece of the file until it ends."""

PROBED_FOLDERS = 200
"""Folders that are looked into to tell whether an address is an export at all; the rest is taken on trust until it is read."""

PICTURES_OF_A_TEXT = 50
"""Pictures that one Markdown part may name; the rule has three."""

ADDRESSES_OF_A_FIELD = 50
"""External addresses of one field. More is a list that nobody opens."""
