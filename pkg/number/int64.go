package number

// Int64 returns a whole number that fits 64 bits.
func (x Exact) Int64() (n int64, ok bool) {
	num, den, ok := x.small()
	return num, ok && den == 1
}
