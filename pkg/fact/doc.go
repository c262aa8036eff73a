// Package fact collects the quantities that a plan names from the workbooks
// that agencies send in, each with the cells behind it. It reads workbooks
// through pkg/workbook and writes nothing.
//
// A plan asks for the fact "dossiers received" and says where it may stand, in
// order of authority: in row 1 of a form, and as the count of a list. The
// reading goes through phases, each of which gives a value to the next and changes
// none that it was given (job, in collect.go):
//
//	find   found    sheets, tables by their headers, the unit that reports, the period
//	read   content  what stands below each header: rows with their account, or
//	                a list's counts; units of money; which units rows belong to
//	check  checker  columns and records that are not as they should be, hidden cells,
//	                sums and stated shares against their parts, formulas against
//	                the template: findings only
//	facts  Set      for each unit, each fact from each of its sources
//
// What comes out of a workbook of two sheets:
//
//	'Biểu 1'!C8   120            row "Hồ sơ tiếp nhận"  ->  received = 120 in 'Biểu 1'!C8
//	'Danh sách'   119 records    count of the list      ->  a second source: 119
//	                                                        finding: the sources disagree
//
// Every source that the workbook holds is read. The first one gives the fact,
// and the others must agree with it. A source that is there and cannot be used
// makes the fact invalid: no other source silently stands in for it. A fact that
// no source holds is missing, never 0.
//
// Readers of one cell are in value.go, of what a number format shows instead of
// what is stored in shown.go, of units of money in scale.go; lists are counted by
// package records, rows are told apart by package account. Captions, letterheads
// and titles, which say who reports and on what time, are read in preamble.go,
// letterhead.go and title.go.
//
// Findings go where they concern: those of a unit to its Set, those of the file
// to the Reading. Many of one kind are gathered into one (gather.go).
package fact
