package xls

// The fixed limits. They are above what spreadsheet programs write, and bound
// what a hostile file can cost.
const (
	maxRow8 = 1 << 16 // rows of a sheet of Excel 97-2003
	maxRow5 = 1 << 14 // rows of a sheet of Excel 5.0 and 95
	maxCol  = 1 << 8  // columns of a sheet

	maxStream   = 1<<31 - 1 // bytes of the workbook inside the file
	maxEntries  = 1 << 16   // streams and storages of a file
	maxStyles   = 1 << 16   // fonts, number formats, cell formats: each
	maxFormats  = 1 << 19   // bytes of the number formats that cells use
	maxNesting  = 64        // charts inside charts
	maxMerges   = 1 << 18   // merged areas of a sheet
	maxText     = 1 << 17   // bytes of one text; a cell holds 32,767 characters
	maxShuffled = 1 << 22   // cells of a sheet that does not keep its cells in order
	maxWarnings = 100       // warnings of one kind
	betweenLook = 1 << 12   // records after which the context is looked at
)
