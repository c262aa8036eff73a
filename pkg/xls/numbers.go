package xls

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
)

const (
	// leastNumber is the least number above 0 that a cell can hold: what is
	// less has fewer digits than others.
	leastNumber = 1e-308
	shownDigits = 15 // significant digits that spreadsheet programs show
	allDigits   = 17 // significant digits that tell every double from its neighbours
)

// appendNumber writes a number as Excel writes it into .xlsx files: with the
// digits that it shows if they are the whole of it, and with all if not. It
// fails for what is no number, infinite, or too near to 0.
func appendNumber(dst []byte, x float64) ([]byte, bool) {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0) || x != 0 && math.Abs(x) < leastNumber:
		return dst, false
	case math.Abs(x) < 1e15 && x == math.Trunc(x):
		return strconv.AppendInt(dst, int64(x), 10), true // -0 is 0
	}
	var room [32]byte
	digits, exponent, _ := bytes.Cut(strconv.AppendFloat(room[:0], x, 'e', -1, 64), []byte("e"))
	e, _ := strconv.Atoi(string(exponent))
	long := len(bytes.TrimPrefix(digits, []byte("-"))) > shownDigits+len(".")
	switch plain := e >= -7 && e <= 20; {
	case plain && !long:
		return strconv.AppendFloat(dst, x, 'f', -1, 64), true
	case !long:
		return strconv.AppendFloat(dst, x, 'e', -1, 64), true
	case plain && e < allDigits-1: // some of the digits are decimals
		return bytes.TrimRight(strconv.AppendFloat(dst, x, 'f', allDigits-1-e, 64), "0"), true
	}
	return strconv.AppendFloat(dst, x, 'e', allDigits-1, 64), true
}

// unpackRK reads the short form of a number: a whole one of 30 bits or the
// first 30 bits of a double, either of them perhaps as hundredths
// ([MS-XLS] 2.5.217).
func unpackRK(rk uint32) float64 {
	var x float64
	if rk&2 != 0 {
		x = float64(int32(rk) >> 2)
	} else {
		x = math.Float64frombits(uint64(rk&^3) << 32)
	}
	if rk&1 != 0 {
		x /= 100 // correctly rounded: of 1234 it is the double nearest to 12.34
	}
	return x
}

func double(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }
