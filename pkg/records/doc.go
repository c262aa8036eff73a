// Package records counts the records of a list, one dossier a row, in one pass.
// Rows go in; counts, sums and what is wrong with the rows come out. No row is
// kept, since rows hold names and identity numbers, and no finding is worded
// here: pkg/fact does that.
//
//	row  Mã     Đơn vị   Nhận        Trả         Hình thức    taken as
//	 2   HS-1   Sở A     03/04/2023  05/04/2023  Trực tuyến   a record
//	 3   HS-2   Sở A     31/02/2023              Trực tiếp    a record; its day cannot be read
//	 4   Sở B                                                 a heading: an id and nothing else
//	 5   HS-3   Sở B     01/07/2023  02/07/2023  fax          a record outside the period; no such choice
//	 6   Mã     Đơn vị   Nhận        Trả         Hình thức    the header of the next printed page
//	 7   Cộng                        3                        a total, by its label
//	 9          Người lập            Giám đốc                 signatures: they stand apart
//
// For each row, Take (row.go) reads the columns that some count, check or id
// needs, each by its own rules (column.go: choices, days, numbers and texts
// that recur are read once), and decides whether the row is a record. With fewer
// than four columns a heading or a total looks like a record, so others are read
// besides. Rows that may be meant as records and are not taken as such are
// counted, too, for a finding.
//
// Count (counter.go) then takes the record into every counter. A counter is what
// one source of a fact asks for: how many records there are, or the sum, the mean,
// the least, the most or the different values of a column of theirs. It keeps a
// tally for each unit; an Aggregate (aggregate.go) puts those of several sheets
// together. Its
// conditions have three answers: yes, no, and unsure where the cell that decides
// cannot be read. A count with one unsure record is no figure. In the table
// above, the counter "received in the second quarter, online" finds
//
//	row 2   in the period, online             counts
//	row 3   a day that cannot be read         not online: does not count
//	row 5   outside the period                does not count
//
// and is 1. "Received in the second quarter" is unsure of row 3: no figure.
//
// Ids that several records have are found by their hashes (unique.go). Equal
// hashes make the list be read once more, and the ids themselves are compared.
// Such records are counted by whose they are (Doubles): they spoil the figures of
// their own units only.
//
// The same conditions decide whether a row of a form counts (rowwhere.go).
//
// A database counts by groups instead (group.go): records that agree in the
// spellings, the days beside the period and whatever else decides. Both ways
// read spellings by the same rules, and give the same figures.
package records
