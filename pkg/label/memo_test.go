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

func TestSpeller(t *testing.T) {
	var s Speller
	for range 2 {
		for _, candidates := range [][]string{{"Tổng số", "Ghi chú"}, {"Ghi chú"}, nil} {
			if got, want := s.Nearest("Tổng sô", candidates), Nearest("Tổng sô", candidates); got != want {
				t.Errorf("%q of %q: got %q, want %q", "Tổng sô", candidates, got, want)
			}
		}
	}
}
