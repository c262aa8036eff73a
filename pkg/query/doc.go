// Package query counts a list of a plan that stands in a database. It writes the
// statements that a server runs for the list, and reads the rows of the answers; it
// opens no connection.
//
// The server groups records by unit and by where their days lie, and counts
// choices in cells within each group. A choice is told by its spelling, letter by
// letter: by those of the plan, and by those that a sample of the list shows and
// that pkg/records reads as choices of the plan. Where some record is spelled
// otherwise, a second statement asks what such records hold, and pkg/records reads
// it as it reads the cells of a sheet, so that both give the same figures.
//
//	relation            groups by unit and days          cubes, by what belongs together
//	ten million rows -> 4,200 rows with cells         -> unit, level, received: cells of level
//	                    and rows with odd texts          unit, payment, resolved: cells of payment
//
// A code is a small number for what matters in a column: between which days of the
// plan a day lies, whether it is after another day (to which days or working days
// may be added), on which side of the bounds of conditions a number lies, whether a
// text is there. Numbers are added up, and the least and the most of numbers and
// days are taken, by the server.
//
// A statement holds texts of the plan and of the bindings only where they are
// quoted or held within parentheses (sql.go), and of the data only spellings that
// are letters, digits and little else. Functions and operators are chosen so that none of another
// user's fits better than that of the server.
package query
