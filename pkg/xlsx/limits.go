package xlsx

// The fixed limits. They are above what spreadsheet programs write, and bound
// what a hostile file can cost.
const (
	maxRow = 1 << 20 // rows of a sheet
	maxCol = 1 << 14 // columns of a sheet

	maxParts        = 10_000   // entries of the zip directory, relationships of a part
	maxDirectory    = 8 << 20  // bytes of the zip directory
	maxIndexPart    = 64 << 20 // bytes of a part that is no sheet and no string table
	maxDeflateRatio = 1032     // what deflate can reach; a part that declares more lies
	maxToken        = 1 << 20  // bytes of one tag, text or comment
	maxDepth        = 64       // elements inside each other
	maxAttributes   = 256      // attributes of one element
	maxBindings     = 1024     // namespace prefixes declared at one place
	maxStyles       = 1 << 16  // fonts, number formats, cell formats: each
	maxFormats      = 1 << 19  // bytes of the number formats that cells use
	maxShared       = 1 << 12  // shared formulas of a sheet that leave hidden rows out
	maxMerges       = 1 << 18  // merged areas of a sheet
	maxText         = 1 << 17  // bytes of one text; a cell holds 32,767 characters
	maxNumber       = 400      // bytes of one number
	maxRowText      = 8 << 20  // bytes of the texts that one row holds itself
	freeStringBytes = 32 << 20 // bytes of string table that every file may have,
	maxStringRatio  = 50       // and beyond them, bytes for each compressed byte
	maxWarnings     = 100      // warnings of one kind
)
