package xls

import (
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"
)

var (
	mutations    = flag.Int("mutations", 3_000, "how many damaged files are read")
	mutationSeed = flag.Uint64("mutation-seed", 1, "where their random numbers begin")
	mutationSeen = flag.String("mutation-files", "", "more files to damage, a pattern of paths")
)

// Files that are damaged at random make no panic, cost little, and give the
// cells of a second reading or an error.
func TestMutations(t *testing.T) {
	var files [][]byte
	for _, s := range sounds {
		files = append(files, s.book.file(), s.book.stream())
	}
	paths, err := filepath.Glob(*mutationSeen)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, b)
	}
	random := rand.New(rand.NewPCG(*mutationSeed, 11))
	read, worst, most := 0, time.Duration(0), uint64(0)
	for range *mutations {
		b := mutate(random, files)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		took := time.Hour
		for range 3 { // another program may hold the processor
			began := time.Now()
			_, err := readCells(b)
			first := took == time.Hour
			if took = min(took, time.Since(began)); first {
				runtime.ReadMemStats(&after)
				if err == nil {
					read++
				}
			}
			if took < 10*time.Millisecond {
				break
			}
		}
		worst, most = max(worst, took), max(most, after.TotalAlloc-before.TotalAlloc)
		checkAgainstSlow(t, b)
	}
	t.Logf("%d files: %d read; at most %v and %d kB each", *mutations, read, worst, most>>10)
}

// mutate damages one of the files.
func mutate(random *rand.Rand, files [][]byte) []byte {
	b := slices.Clone(files[random.IntN(len(files))])
	for range 1 + random.IntN(4) {
		if len(b) < 16 {
			return b
		}
		at := random.IntN(len(b))
		switch random.IntN(9) {
		case 0: // a bit
			b[at] ^= 1 << random.IntN(8)
		case 1: // a byte
			b[at] = byte(random.Uint32())
		case 2: // a number that is easily too large or too small
			copy(b[at:], pack([]uint32{0, 1, 0xff, 0xffff, 0x7fffffff, 0xfffffffe, 0xffffffff}[random.IntN(7)]))
		case 3: // cut
			b = b[:at]
		case 4: // a piece taken out
			n := min(1+random.IntN(64), len(b)-at)
			b = slices.Delete(b, at, at+n)
		case 5: // a piece doubled
			n := min(1+random.IntN(64), len(b)-at)
			b = slices.Insert(b, at, slices.Clone(b[at:at+n])...)
		case 6: // a piece of another file
			o := files[random.IntN(len(files))]
			from := random.IntN(len(o))
			copy(b[at:], o[from:min(len(o), from+1+random.IntN(64))])
		case 7: // another record
			kinds := []kind{recFormula, recEOF, recContinue, recBoundSheet, recMulRK, recRString, recXF, recFont, recFormat, recSST, recLabelSST, recString, recBOF, recMergeCells, recColInfo, recRow, recLabel, recCodePage}
			copy(b[at:], pack(int(kinds[random.IntN(len(kinds))])))
		case 8: // records of another file
			o := files[random.IntN(len(files))]
			copy(b[at:], rec(kind(random.IntN(0x300)), o[:min(len(o), random.IntN(40))]))
		}
	}
	return b
}
