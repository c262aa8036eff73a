package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
)

func TestJSONRoundTrip(t *testing.T) {
	for name, doc := range map[string]*Document{"one": one(), "many": many(), "none": {Schema: Schema, Cards: nil}} {
		first := written(t, JSON, doc, Options{})
		back, err := ReadJSON(bytes.NewReader(first))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if name != "none" {
			if diff := cmp.Diff(doc, back, cmpopts.IgnoreUnexported(fact.Fact{})); diff != "" {
				t.Errorf("%s (-written +read):\n%s", name, diff)
			}
		}
		if diff := cmp.Diff(string(first), string(written(t, JSON, back, Options{}))); diff != "" {
			t.Errorf("%s (-first +second):\n%s", name, diff)
		}
	}
}

// The document is laid out byte for byte as encoding/json does it at once.
func TestJSONLayout(t *testing.T) {
	for name, doc := range map[string]*Document{"one": one(), "many": many(), "hostile": hostile(t), "none": {}} {
		whole := *doc
		whole.Schema = Schema
		if whole.Cards == nil {
			whole.Cards = []score.Card{}
		}
		var want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(&whole); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), string(written(t, JSON, doc, Options{}))); diff != "" {
			t.Errorf("%s (-encoding/json +JSON):\n%s", name, diff)
		}
	}
}

// A stored result is read back whatever the workbooks held, and holds no
// character that a script or a terminal would act on.
func TestJSONHostile(t *testing.T) {
	got := written(t, JSON, hostile(t), Options{})
	if i := bytes.IndexFunc(got, func(r rune) bool { return r < ' ' && r != '\n' || r == '\u2028' || r == '\u2029' }); i >= 0 {
		t.Errorf("a control character at byte %d: %q", i, got[i:i+10])
	}
	back, err := ReadJSON(bytes.NewReader(got))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := back.Cards[0].Unit.Name.In(lang.VI), string([]rune(attack))+"Sở Xây dựng"; got != want {
		t.Errorf("the unit's name is %q, want %q", got, want)
	}
}

func TestReadJSONErrors(t *testing.T) {
	sound := string(written(t, JSON, one(), Options{}))
	lines := strings.Count(sound, "\n")
	tests := []struct{ name, in, want string }{
		{"empty", "", "no stored result: line 1: unexpected end of JSON input"},
		{"not JSON", "score: 65%", "no stored result: line 1: invalid character 's' looking for beginning of value"},
		{"a list", "[]", "no stored result: line 1: json: cannot unmarshal array into Go value of type struct { Schema string \"json:\\\"schema\\\"\" }"},
		{"no schema", "{}", `unknown schema "": want "parcheck/result/v1", as parcheck score --format json writes it`},
		{"other schema", `{"schema":"parcheck/result/v2","cards":7}`, `unknown schema "parcheck/result/v2": want "parcheck/result/v1", as parcheck score --format json writes it`},
		{"cut", sound[:len(sound)-3], fmt.Sprintf("no stored result: line %d: unexpected end of JSON input", lines-1)},
		{"more after it", sound + "{}", fmt.Sprintf("no stored result: line %d: invalid character '{' after top-level value", lines+1)},
		{"no fraction", strings.Replace(sound, `"1299/2000"`, `"1e9"`, 1), `damaged result: "1e9" is no exact number`},
		{"unknown outcome", strings.Replace(sound, `"outcome": "missed"`, `"outcome": "lost"`, 1), `damaged result: unknown outcome "lost"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := ReadJSON(strings.NewReader(test.in))
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadJSONIsBounded(t *testing.T) {
	sound := written(t, JSON, one(), Options{})
	filled := append(sound, bytes.Repeat([]byte(" "), 1<<20-len(sound))...)
	if _, err := readJSON(bytes.NewReader(filled), 1<<20); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	_, err := readJSON(bytes.NewReader(append(filled, ' ')), 1<<20)
	if want := "the result is larger than 1 MiB: store fewer units in one file"; err == nil || err.Error() != want {
		t.Errorf("the error is %v, want %s", err, want)
	}
}

// fullDisk is a writer that takes no more than n bytes.
type fullDisk struct{ n int }

var errFull = errors.New("no space left")

func (f *fullDisk) Write(b []byte) (int, error) {
	if f.n -= len(b); f.n < 0 {
		return 0, errFull
	}
	return len(b), nil
}

// A format that could not be written whole says so.
func TestWriteErrors(t *testing.T) {
	for _, format := range formats {
		name, write := format.Name, format.Write
		var whole bytes.Buffer
		if err := write(&whole, many(), Options{}); err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{0, 100, whole.Len() - 1} {
			var w io.Writer = &fullDisk{n}
			if err := write(w, many(), Options{}); !errors.Is(err, errFull) {
				t.Errorf("%s after %d bytes: error %v, want %v", name, n, err, errFull)
			}
		}
	}
}
