package ods

// The limits. They are above what spreadsheet programs write, and bound what a
// hostile file can cost.
const (
	maxRow = 1 << 20 // rows of a sheet
	maxCol = 1 << 14 // columns of a sheet

	maxMimetype     = 1 << 10  // bytes of the part mimetype
	freeContent     = 32 << 20 // bytes of content.xml that every file may have,
	maxContentRatio = 200      // and beyond them, bytes for each compressed byte
	maxRereads      = 16       // how often content.xml may be read again
	freeKept        = 8 << 20  // bytes of rows that are kept in memory for every file,
	maxKeptRatio    = 100      // and beyond them, bytes for each compressed byte,
	maxKept         = 32 << 20 // but no more than these
	freeRepeated    = 1 << 16  // filled cells that counts may make in every file,
	repeatedRatio   = 8        // and beyond them, cells for each compressed byte
	maxSpaces       = 4 << 20  // blanks of a file that are written as counts
	maxStyles       = 1 << 16  // styles of one family
	maxParents      = 32       // styles that inherit from each other
	maxCodes        = 1 << 20  // bytes of number formats
	maxMerges       = 1 << 18  // merged areas of a sheet
	maxWarnings     = 100      // warnings of one kind
	maxText         = 1 << 17  // bytes of one text
	maxRowText      = 8 << 20  // bytes of the texts of one row
)
