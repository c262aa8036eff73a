package batch_test

import (
	"context"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

func TestRoleOf(t *testing.T) {
	want := map[string]batch.Role{
		"a.xlsx": batch.Submission, "A.XLS": batch.Submission, "a.b.ods": batch.Submission, "số liệu.csv": batch.Submission,
		"a.pdf": batch.OtherKind, "a.docx": batch.OtherKind, "xlsx": batch.OtherKind, "": batch.OtherKind,
		".a.xlsx": batch.Aside, "~$a.xlsx": batch.Aside, "Thumbs.db": batch.Aside, "desktop.ini": batch.Aside,
	}
	for name, role := range want {
		if got := batch.RoleOf(name); got != role {
			t.Errorf("%q has the role %v, want %v", name, got, role)
		}
	}
}

const small = `
schema: parcheck/plan/v1
id: small
title: {vi: Kế hoạch nhỏ, en: A small plan}
document: {number: 1/QĐ, date: 2023-01-01, issuer: {vi: Tỉnh, en: Province}}
period: "2023"
levels: {office: {vi: Cơ quan, en: Office}}
`

func parse(t *testing.T) *plan.Plan {
	t.Helper()
	p, found := plan.Parse("small.yaml", []byte(small))
	if p == nil {
		t.Fatal(found)
	}
	return p
}

// Each input gives its own finding, in the order of the inputs, and none stops
// the others; a file that cannot be opened or read is one of them.
func TestOneBadInputNeverStopsTheOthers(t *testing.T) {
	closed := errors.New("it is locked")
	b := &batch.Batch{Plan: parse(t), Jobs: 3, Inputs: []batch.Input{
		{Name: "closed.xlsx", Open: func() (batch.Content, int64, error) { return nil, 0, closed }},
		{Name: "torn.xlsx", Open: func() (batch.Content, int64, error) { return torn{}, 100, nil }},
		batch.InMemory("empty.xlsx", nil),
		batch.InMemory("text.xlsx", []byte("%PDF-1.4 and more")),
	}}
	readings, err := b.Read(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range readings {
		if !r.Refused() || len(r.Refusals) != 1 {
			t.Errorf("%s: refused %v, %v", r.File, r.Refused(), r.Refusals)
		}
		got = append(got, r.Refusals[0].In(lang.EN)[:22])
	}
	want := []string{"closed.xlsx: cannot be", "torn.xlsx: cannot be r", "empty.xlsx: the file i", "text.xlsx: this is a P"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("refusals (-want +got):\n%s", diff)
	}
	doc, unread, err := b.Score(context.Background())
	if err != nil || unread != len(b.Inputs) || doc.Diagnostics.Count(diag.Error) != len(b.Inputs) {
		t.Errorf("%d unread, %v, %v", unread, doc.Diagnostics, err)
	}
}

// torn is a disk that cannot be read any more.
type torn struct{}

func (torn) ReadAt([]byte, int64) (int, error) { return 0, io.ErrUnexpectedEOF }
func (torn) Close() error                      { return nil }

func TestInterruption(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	b := &batch.Batch{Plan: parse(t), Inputs: []batch.Input{batch.InMemory("a.csv", []byte("a,b\n1,2\n"))}}
	if _, err := b.Read(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
