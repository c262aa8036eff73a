package xls

// The numbers of colours: 0 to 7 are those of the first screens, the palette has
// 8 to 63, and the others are those of the user's screen.
const (
	firstOfPalette = 8
	endOfPalette   = 64
	whiteNumber    = 1
	paletteWhite   = 9 // unless the file has a palette of its own

	noFill  = -1 // cells that are as white as paper
	pattern = -2 // of two colours
)

const (
	white         = 0xffffff
	unknownColour = 1 << 24
	numbered      = 1 << 25 // a colour of the usual palette, by its number
)

// colour returns a colour so that equal ones are equal: red, green and blue
// where they are known, or its number.
func (f *File) colour(n int) uint32 {
	switch {
	case n == noFill || n == whiteNumber:
		return white
	case n >= firstOfPalette && n-firstOfPalette < len(f.palette):
		return f.palette[n-firstOfPalette]
	case n == paletteWhite:
		return white
	case n < 0 || n >= endOfPalette:
		return unknownColour
	case n < firstOfPalette:
		n += firstOfPalette // they are the first of the palette, too
	}
	return numbered | uint32(n)
}

// fill returns the number of the colour that the cells of an XF have.
func (f *File) fill(r *records) int {
	const none, solid = 0, 1
	at := 8 // where its colours stand, and its pattern
	if f.biff8 {
		at = 18
	}
	if len(r.body) < at+2 || !f.biff8 && len(r.body) < at+4 {
		return noFill
	}
	front, kind := r.u16(at)&0x7f, 0
	if f.biff8 {
		kind = int(r.u32(14) >> 26)
	} else {
		kind = int(r.u32(8) >> 16 & 0x3f)
	}
	switch kind {
	case none:
		return noFill
	case solid:
		return front
	}
	return pattern
}
