// Package query counts a list of a plan where it stands in a database. It makes
// the statements that a server is asked for a list, and reads the rows that
// the server answers; it opens no connection.
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
// Of a day a code keeps between which days of the plan it lies, and which of two
// days is later, of a number its sum and on which side of the bounds of conditions
// it lies, of a text that only has to be there that it is.
package query
