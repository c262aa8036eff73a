// Package numfmt understands the number formats of spreadsheets: it tells what
// kind of value a format makes of a number, and what the cell shows (ECMA-376
// part 1, 18.8.30 and 18.8.31, and what Excel does where the standard is
// silent). It reads no file, and every comparison is exact.
//
// # Sections
//
// A format has up to four sections. A number is shown by one of them, which
// alone decides whether the cell shows a number, a share, a date or nothing:
//
//	#,##0;[Red]-#,##0;"-";@          [=0]"-";[<1]0%;0
//	------ ----------- --- -          ------- ------ -
//	x > 0     x < 0   x = 0 text      x = 0   x < 1  all others
//
//	sections  without conditions it is chosen by
//	1         all numbers; a minus sign is put before negative ones
//	2         x >= 0; x < 0
//	3         x > 0; x < 0; x = 0
//	4         the same, and the fourth is for text
//
// A condition replaces the default of its section: with three sections and one
// condition before the first, the second still takes the negative numbers and
// the third the rest. A last section with an @ is for text, however many there
// are.
//
// # What a section shows
//
//	over 1234567.891        shown          Shift  Decimals
//	#,##0.0                 1,234,567.9    0      1
//	#,##0,                  1,235          -3     0        a comma behind the digits divides by 1000
//	0%                      123456789%     2      0        a bare % multiplies by 100
//	0"%"                    1234568%       0      0        a quoted one is text, as \% is
//	0.0,," tỷ"              1.2 tỷ         -6     1        After is " tỷ"
//	0"0"                    12345680       0      0        After is "0": it reads as another number
//	;;;                     (nothing)                      Kind is Literal
//
// Colours, padding (_x, as wide as x), filling (*x) and locales ([$-42A]) do
// not change the figure; [$₫-42A] is the text "₫". [h], [m] and [s] are elapsed
// time. General shows the digits as they are.
package numfmt
