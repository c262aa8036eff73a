package ods

// Forget makes every sheet be read again for each scan, as those of a large
// file are.
func (f *File) Forget() {
	for i := range f.Sheets {
		f.Sheets[i].kept = nil
	}
}
