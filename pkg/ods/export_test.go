package ods

// Forget makes every sheet be read again for each scan from a row on, as those
// of a large file are.
func (f *File) Forget(kept int) {
	for i := range f.Sheets {
		k := f.Sheets[i].kept
		f.Sheets[i].kept = &keptSheet{rows: k.rows[:min(kept, len(k.rows))]}
	}
}
