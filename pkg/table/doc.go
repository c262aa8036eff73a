// Package table finds tables in sheets: where a header stands, which column
// carries which name, and what each row holds. It reads cells and no files, and
// interprets no value.
//
// A plan names the columns of a table by their headers, "Tiếp nhận / Trong kỳ"
// being a path from an upper header to a lower one. Agencies put such a table
// below a letterhead and a title, merge its header, number its columns, and sign
// below it:
//
//	 1  UBND HUYỆN A
//	 2  BIỂU TỔNG HỢP QUÝ I NĂM 2023
//	 3
//	 4  STT | Lĩnh vực |   Tiếp nhận          | Đã trả     Top
//	 5      |          | Trong kỳ | Kỳ trước  |            Bottom
//	 6   1  |    2     |    3     |    4      |    5       Numbers
//	 7   I  | Đất đai  |          |           |            body
//	 8   1  | Giao đất |   120    |    8      |   119
//	    ...
//	20                    GIÁM ĐỐC
//
// A Vocabulary folds all names of all tables once, and tells by one look at a
// cell's text which tables may stand there: most cells are data, and name
// nothing. NewHead notes these places in the first rows of a sheet; Locate then
// tries each run of one to four rows that holds lowest headers of the table
// (head.go, header.go). The best place has the most required columns, then the
// most optional ones, the fewest ambiguous ones, and the fewest rows. It is
// complete where no required column is missing. A place with half of them is
// found, too; each missing column is then a finding, with the nearest header.
//
// One column of the sheet answers to one column of the plan: to the one that
// names it most exactly. Several columns that carry one name are kept in
// Found.Also; which is meant is not guessed. A header that is merged over
// several columns has sub-headings (sub.go), and the package above chooses among
// them by the period or the type.
//
// Body (rows.go) gives the rows below the header up to the next table, and what
// each of them looks like by its words alone. Which rows are added up is for
// package account, by words and figures together.
//
// Blocks finds whatever looks like a header, of any table (blocks.go), and a
// Layout is a header block that a mapping has confirmed.
package table
