// Package xlsx reads Office Open XML workbooks (.xlsx and .xlsm, ECMA-376 in
// its transitional and its strict form) as streams of typed cells.
//
// It refuses rather than guesses: what is cut, damaged, ambiguous or not as
// the standard says is a refusal with the place and the remedy, never a blank
// or a wrong cell. What it costs is bounded by named limits, and memory never
// grows with a coordinate or a declared count. It never runs a macro and never
// follows a link.
//
// A workbook is a zip file of XML parts that name each other:
//
//	_rels/.rels          -> xl/workbook.xml           sheets, in the order of their tabs
//	xl/workbook.xml      -> xl/worksheets/sheet1.xml  rows and cells
//	                     -> xl/sharedStrings.xml      texts, by number
//	                     -> xl/styles.xml             number formats and fonts, by number
//
//	<row r="7"><c r="B7" s="1" t="s"><v>12</v></c></row>     B7 is text 12, shown by style 1
//
// Reading goes through four layers, each of which knows only the one below:
//
//	rows.go, cells.go   a sheet: rows in order, cells by their type
//	xml*.go             tokens: well-formed XML without document types, namespaces told apart
//	inflate.go          the bytes of a part, held against their checksum
//	directory.go        the directory of the zip file: no part twice, none over another
//
// # The fast lane
//
// Nearly all rows of large files are written in exactly one way. plain.go reads
// these where they lie in the buffer, without tokens:
//
//	<c r="B7" s="1" t="s"><v>12</v></c>                 read in place
//	<c r="B7" t="s" s="1"><v>12</v></c>                 read in place
//	<c s="1" r="B7" t="s"><v>12</v></c>                 left to the general reader
//	<c r="B7" t="s"><f>A1</f><v>12</v></c>              left to the general reader
//	<c r="B9" t="s"><v>12</v></c> behind B7 of row 7    left to the general reader, which refuses it
//
// It never complains and never decides what something odd means: on anything
// else it returns before it has taken a byte, and the general reader goes on
// from there. Switched off, the same rows come out, four times slower. A fuzzer
// holds both against a second, naive reading (slow_test.go).
package xlsx
