// Package query counts a list of a plan where it stands in a database. It makes
// the one statement that a server is asked for a list, and reads the rows that
// the server answers; it opens no connection.
//
// The server groups records by what they hold, letter by letter, and never
// decides what that means: pkg/records reads the spellings of a group as it
// reads the cells of a sheet, so that both give the same figures.
//
//	relation            groups by all that is asked for     cubes, by what belongs together
//	ten million rows -> unit, level, channel, received, ... -> unit, level, received: 12,000 records
//	                    one pass, in the server                unit, payment, resolved: 900 records
//	                                                           id: all filled
//
// Of a day a group keeps whether it lies before the period, in it or after it
// and which of two days is later, of a number its sum, of a text that only has to
// be there that it is.
package query
