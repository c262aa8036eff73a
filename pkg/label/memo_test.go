package label

import (
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMemo(t *testing.T) {
	names := []string{"Tổng số", "TỔNG SỐ:", "Tỉ lệ", "plain", ""}
	var m Memo
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for i := range 1000 {
				name := names[i%len(names)]
				if got, want := m.Key(name), Key(name); got != want {
					t.Errorf("Memo.Key(%q) = %q, want %q", name, got, want)
				}
			}
		})
	}
	wait.Wait()
	if got := (*Memo)(nil).Key("Tỉ lệ"); got != "tỷ lệ" {
		t.Errorf("a nil Memo gives %q", got)
	}
}

func TestMemoIsBounded(t *testing.T) {
	var m Memo
	text := []byte("đ" + strings.Repeat("a", 1000))
	for i := range 2 * maxRemembered / len(text) {
		if w := m.Word(strconv.AppendInt(text, int64(i), 10)); !strings.HasSuffix(w.Key, strconv.Itoa(i)) {
			t.Fatalf("the word %d is %q", i, w.Key)
		}
	}
	held := 0
	for text := range m.words {
		held += len(text)
	}
	if held > maxRemembered || held < maxRemembered/2 {
		t.Errorf("remembers %d bytes", held)
	}
}

func TestWord(t *testing.T) {
	for _, c := range []struct {
		raw, text, key string
		letters        Letters
	}{
		{"", "", "", ASCII},
		{"Total ", "Total", "total", ASCII},
		{" \n ", "", "", ASCII},
		{" TỔNG\n\tSỐ :", "TỔNG SỐ :", "tổng số", Beyond},
		{"Công\u00a0tác", "Công tác", "công tác", Western},
		{"Tæng sè", "Tæng sè", "tæng sè", Western},
	} {
		var m Memo
		want := &Word{[]byte(c.raw), c.text, c.key, c.letters}
		for range 2 {
			if diff := cmp.Diff(want, m.Word([]byte(c.raw))); diff != "" {
				t.Errorf("%q (-want +got):\n%s", c.raw, diff)
			}
		}
	}
}

func TestSpellerRemembersLists(t *testing.T) {
	var s Speller
	names := []string{"Tổng số", "Tỷ lệ"}
	first := s.Candidates(names)
	if again := s.Candidates([]string{"Tổng số", "Tỷ lệ"}); again != first {
		t.Error("the same names give another list")
	}
	if other := s.Candidates(names[:1]); other == first || other.Nearest("Ty le") != "" || first.Nearest("Ty le") != "Tỷ lệ" {
		t.Error("other names give the same list")
	}
	for i := range 4 * maxSpelt / maxCandidates {
		many := make([]string, maxCandidates)
		for j := range many {
			many[j] = strconv.Itoa(i) + " " + strconv.Itoa(j)
		}
		s.Candidates(many)
	}
	if held := len(s.lists) * maxCandidates; held > 2*maxSpelt {
		t.Errorf("remembers %d names", held)
	}
}
