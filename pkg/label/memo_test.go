package label

import (
	"strconv"
	"sync"
	"testing"
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
	for i := range maxRemembered + 100 {
		m.Key("đ" + strconv.Itoa(i))
	}
	if len(m.keys) != maxRemembered {
		t.Errorf("remembers %d names", len(m.keys))
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
