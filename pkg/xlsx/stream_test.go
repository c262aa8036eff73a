package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/diag"
)

// manyRows is a sheet that is inflated by a goroutine of its own.
func manyRows(t *testing.T) []byte {
	t.Helper()
	p := soundParts(strings.Repeat(`<row><c><v>1</v></c></row>`, 200_000))
	if len(p[sheetPart]) < 4*aheadFrom {
		t.Fatal("the sheet is too small")
	}
	return p.zip(t)
}

func TestCancel(t *testing.T) {
	b := manyRows(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	f, err := Open(ctx, "test.xlsx", bytes.NewReader(b), int64(len(b)), testLimits(), nil)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.Scan(ctx, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		if n++; n == 10 {
			cancel()
		}
	}
	if !errors.Is(rows.Err(), context.Canceled) {
		t.Errorf("the error is %v", rows.Err())
	}
	if most := 2 * blockSize / len(`<row><c><v>1</v></c></row>`); n > most {
		t.Errorf("%d rows are read after the tenth, at which it was cancelled", n-10)
	}
	if _, err := Open(ctx, "test.xlsx", bytes.NewReader(b), int64(len(b)), testLimits(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Open with a cancelled context: %v", err)
	}
}

// TestCloseEarly leaves no goroutine behind, and lets the sheet be read anew.
func TestCloseEarly(t *testing.T) {
	b := manyRows(t)
	f, err := openBytes(b)
	if err != nil {
		t.Fatal(err)
	}
	before := runtime.NumGoroutine()
	for range 20 {
		rows, err := f.Scan(t.Context(), 0)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if !rows.Next() {
				t.Fatal(rows.Err())
			}
		}
		rows.Close()
		if rows.Next() {
			t.Fatal("a row after Close")
		}
	}
	for wait := 0; runtime.NumGoroutine() > before; wait++ {
		if wait == 1000 {
			t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), before)
		}
		time.Sleep(time.Millisecond)
	}
	rows, err := f.Scan(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		n++
	}
	if rows.Err() != nil || n != 200_000 {
		t.Errorf("%d rows, %v", n, rows.Err())
	}
}

// TestProgress is told of all compressed bytes that are read.
func TestProgress(t *testing.T) {
	b := listParts(20_000).zip(t)
	var last int64
	f, err := Open(t.Context(), "test.xlsx", bytes.NewReader(b), int64(len(b)), testLimits(), func(done int64) {
		if done < last {
			t.Errorf("%d after %d", done, last)
		}
		last = done
	})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.Scan(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
	}
	if size := int64(len(b)); rows.Err() != nil || last > size || last < size*9/10 {
		t.Errorf("%d of %d bytes are said to be read; %v", last, size, rows.Err())
	}
}

// failing is a disk on which one byte cannot be read.
type failing struct {
	*bytes.Reader
	bad int64
}

func (f failing) ReadAt(b []byte, at int64) (int, error) {
	if at <= f.bad && f.bad < at+int64(len(b)) {
		return 0, errors.New("input/output error")
	}
	return f.Reader.ReadAt(b, at)
}

func TestFailingDisk(t *testing.T) {
	b := listParts(20_000).zip(t)
	f, err := Open(t.Context(), "test.xlsx", failing{bytes.NewReader(b), int64(len(b) / 2)}, int64(len(b)), testLimits(), nil)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.Scan(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
	}
	var r *diag.Refusal
	if !errors.As(rows.Err(), &r) || !strings.HasPrefix(r.Error(), "the file cannot be read (input/output error): check the disk") {
		t.Errorf("the error is %v", rows.Err())
	}
}

// TestManyAtOnce reads files side by side, large and small, sound and damaged,
// some of them not to the end: what is used again for another file never
// changes what one holds.
func TestManyAtOnce(t *testing.T) {
	files := [][]byte{listParts(8_000).zip(t), listParts(3).zip(t), listParts(300).zipWith(t, zip.Store)}
	for _, o := range odds {
		files = append(files, o.zip(t))
	}
	for _, d := range damages {
		if len(d.rows)+len(d.parts[sheetPart]) < 4096 {
			files = append(files, soundParts(d.rows).with(d.parts).zip(t))
		}
	}
	files = append(files, files[0][:len(files[0])/2])
	want := make([]string, len(files))
	says := func(b []byte) string {
		out, err := read(b)
		return fmt.Sprint(out, err)
	}
	for i, b := range files {
		want[i] = says(b)
	}
	var group sync.WaitGroup
	for worker := range 4 {
		group.Go(func() {
			for n := range len(files) {
				i := (n*7 + worker*13) % len(files)
				if got := says(files[i]); got != want[i] {
					t.Errorf("file %d reads otherwise beside others: %s", i, cmp.Diff(want[i], got))
				}
				if f, err := openBytes(files[0]); err == nil && n%10 == 0 {
					if rows, err := f.Scan(t.Context(), 0); err == nil {
						rows.Next()
						rows.Close()
					}
				}
			}
		})
	}
	group.Wait()
}
