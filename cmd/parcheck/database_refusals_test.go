//go:build unix

package main

import (
	"cmp"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestDatabaseRefusals reads what is said of servers, rights and bindings that
// do not serve; all of it ends with exit code 3 and no card.
func TestDatabaseRefusals(t *testing.T) {
	s := startServers(t, 1)[0]
	s.exec(t, listTable+`
		INSERT INTO hoso.list (id, unit, received, kind, who) VALUES ('1', 'Sở A', '2023-02-03', 'Loại một', 'X'), ('2', 'Sở B', '2023-02-03', 'Loại một', 'X');
		CREATE VIEW hoso.endless AS SELECT l.* FROM hoso.list l, generate_series(1, 1000000000000);
		CREATE TABLE hoso.secret AS SELECT * FROM hoso.list; CREATE SEQUENCE hoso.counter;
		ALTER TABLE hoso.list ADD "Lệ phí" float8; CREATE ROLE reader LOGIN; CREATE ROLE locked LOGIN PASSWORD 'right';
		GRANT USAGE ON SCHEMA hoso TO reader; GRANT SELECT ON hoso.list TO reader;
		CREATE TABLE hoso.hidden AS SELECT * FROM hoso.list; ALTER TABLE hoso.hidden ENABLE ROW LEVEL SECURITY;
		CREATE POLICY visible ON hoso.hidden USING (unit = 'Sở A'); GRANT SELECT ON hoso.hidden TO reader; GRANT USAGE ON SEQUENCE hoso.counter TO reader`)
	s.lock(t, "locked")
	dir := t.TempDir()
	plan := writeText(t, dir, "plan.yaml", listPlan)
	for _, test := range []struct {
		name, address string // where it is not that of the reader
		old, new      string // in the bindings
		args          []string
		want          string
	}{
		{name: "no server", address: "host=" + dir + " user=reader dbname=postgres",
			want: ": env:DB: no database server answers at " + dir + ":5432: look whether it runs, and whether the network lets this machine reach it"},
		{name: "wrong password", address: s.address("locked") + " password=wr0ng",
			want: `: env:DB: the server does not let this user in: look at the user and the password (the server says: password authentication failed for user "locked")`},
		{name: "no connection string", address: "postgresql://reader:pass%wr0ng@:none",
			want: ": env:DB: the connection string cannot be read: want postgresql://user@host:5432/database, or host=... dbname=...; a service and files that it names must be there"},
		{name: "no relation", old: "hoso.list", new: "hoso.lisst",
			want: `:4:15: env:DB: there is no such relation (the server says: relation "hoso.lisst" does not exist); did you mean "hoso.list"?`},
		{name: "rows that are hidden", old: "hoso.list", new: "hoso.hidden",
			want: `:4:15: env:DB: this user may not read it, or not all of its rows: ask for GRANT SELECT, or for a view that shows all that is to be counted (the server says: query would be affected by row-level security policy for table "hidden")`},
		{name: "no such time zone", old: "Asia/Ho_Chi_Minh", new: "Asia/Hanoi",
			want: `:4:15: env:DB: the server does not know this value, such as a time zone (the server says: time zone "Asia/Hanoi" not recognized)`},
		{name: "no right", old: "hoso.list", new: "hoso.secret",
			want: ":4:15: env:DB: this user may not read it, or not all of its rows: ask for GRANT SELECT, or for a view that shows all that is to be counted (the server says: permission denied for table secret)"},
		{name: "no column", old: "way: way", new: "way: ways",
			want: `:7:90: env:DB: the relation "hoso.list" has no column "ways": did you mean "way"?`},
		{name: "a text for days", old: "due: due", new: "due: who",
			want: `:7:48: env:DB: "who" is of type text, and the column "due" holds days: bind an expression that gives one`},
		{name: "inexact numbers", old: "fee: fee", new: `fee: {expression: "CAST(fee AS real)"}`,
			want: `:7:122: env:DB: "CAST(fee AS real)" is of type real, whose sums are inexact: bind {expression: 'CAST(CAST(fee AS real) AS numeric)'}`},
		{name: "inexact numbers of a column in capitals", old: "fee: fee", new: `fee: "Lệ phí"`,
			want: `:7:122: env:DB: "Lệ phí" is of type double precision, whose sums are inexact: bind {expression: 'CAST("Lệ phí" AS numeric)'}`},
		{name: "a number of too many digits", old: "fee: fee", new: `fee: {expression: "10::numeric ^ 1200"}`,
			want: ":4:15: env:DB: a number of more than 1000 digits: is this the column that is meant?"},
		{name: "a moment without a time zone", old: "    time_zone: Asia/Ho_Chi_Minh\n",
			want: `:6:33: env:DB: "received" is a moment (timestamp with time zone), and which day that is depends on the time zone: add time_zone: Asia/Ho_Chi_Minh to the binding`},
		{name: "no expression", old: "fee: fee", new: `fee: {expression: "fee +"}`,
			want: `:7:122: env:DB: this is no SQL (the server says: syntax error at or near ")")`},
		{name: "long texts whose different values are counted", old: "note: note", new: `note: {expression: "repeat(coalesce(note, 'a'), 300)"}`,
			want: `:4:15: env:DB: the column "note" holds texts of 300 characters and more: different values are counted of shorter ones`},
		{name: "an expression that ends its parentheses", old: "fee: fee", new: `fee: {expression: "fee) FROM hoso.secret --"}`,
			want: ":7:122: env:DB: the expression holds ) closes nothing"},
		{name: "an expression that writes", old: "fee: fee", new: `fee: {expression: "nextval('hoso.counter')"}`,
			want: ":4:15: env:DB: it writes, and parcheck only reads (the server says: cannot execute nextval() in a read-only transaction)"},
		{name: "a value that cannot be converted", old: "fee: fee", new: `fee: {expression: "who::numeric"}`,
			want: `:4:15: env:DB: a value cannot be converted as the binding says (the server says: invalid input syntax for type numeric: "X")`},
		{name: "a second statement", old: "relation: hoso.list", new: `query: "SELECT * FROM hoso.list; DROP TABLE hoso.list"`,
			want: `:4:12: env:DB: the query holds a ";": want one expression or SELECT alone`},
		{name: "a view that never ends", address: s.address("postgres"), old: "hoso.list", new: "hoso.endless", args: []string{"--limit", "query=1"},
			want: ":4:15: env:DB: it was stopped, for it took longer than --limit query allows (the server says: canceling statement due to statement timeout)"},
		{name: "more groups than are read", args: []string{"--limit", "groups=1"},
			want: ":4:15: env:DB: more than 1 groups: a column holds free text where a choice is wanted; bind another, or raise --limit groups"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if !strings.Contains(listBindings, test.old) {
				t.Fatalf("the bindings have no %q", test.old)
			}
			text := listBindings
			if test.old != "" {
				text = strings.Replace(text, test.old, test.new, 1)
			}
			bind := writeText(t, dir, "bindings.yaml", text)
			t.Setenv("DB", cmp.Or(test.address, s.address("reader")))
			args := append([]string{"score", "--plan", plan, "--as-of", "2024-02-01", "-f", "json", "--bind", bind, "--source", "env:DB"}, test.args...)
			code, stdout, stderr := parcheckHere(args...)
			want := "error: " + filepath.ToSlash(bind) + test.want + " [unreadable]\nparcheck: one input could not be read or judged\n"
			if d := gocmp.Diff(want, stderr); d != "" || code != exitInput {
				t.Errorf("exit code %d\n-want +stderr\n%s", code, d)
			}
			if cards := tell(t, stdout).Cards; len(cards) > 0 {
				t.Errorf("counted all the same: %v", cards)
			}
			if strings.Contains(stdout+stderr, "wr0ng") {
				t.Error("the password is shown")
			}
		})
	}
}

const sharesPlan = `
plan: shares
title: Shares
document: {number: "1", date: 2022-12-01}
period: {from: 2023-01-01, to: 2023-12-31}
levels: {office: {title: Office, names: ["Sở *"]}}
areas: {a: {title: A}}
tables:
  list: {shape: list, title: Works, columns: {id: {headers: [Mã], role: key}, unit: {headers: [Đơn vị], role: unit}, done: {headers: [Tiến độ], type: share}}}
facts:
  half: {title: Half done, from: [{count: list, where: {done: {at_least: 50%}}}]}
targets: [{id: t, area: a, title: T, source: {clause: c, quote: q}, levels: [office], measure: {value: half}, goal: {at_least: 1}, points: 1}]
`

// TestSharesAreNotReadFromDatabases: cells show what a share is by a percent sign,
// and numbers of a database have none.
func TestSharesAreNotReadFromDatabases(t *testing.T) {
	s := startServers(t, 1)[0]
	s.exec(t, listTable+"INSERT INTO hoso.list (id, unit, fee) VALUES ('1', 'Sở A', 0.5)")
	dir := t.TempDir()
	plan := writeText(t, dir, "plan.yaml", sharesPlan)
	bind := writeText(t, dir, "bindings.yaml", "bindings: {list: {relation: hoso.list, unit: unit, columns: {id: id, done: fee}}}")
	t.Setenv("DB", s.address("postgres"))
	code, stdout, stderr := parcheckHere("score", "--plan", plan, "-f", "json", "--bind", bind, "--source", "env:DB")
	want := filepath.ToSlash(plan) + ":11:35: env:DB: shares in a database have no % sign, by which cells are read: give the list as a file, or declare the column as one of type number in the plan"
	if code != exitInput || !strings.Contains(stderr, want) || len(tell(t, stdout).Cards) > 0 {
		t.Errorf("exit code %d: %s, want %s", code, stderr, want)
	}
}

// TestEncryptedConnectionsAreRefused reaches servers that do not encrypt, or whose
// certificate nobody knows.
func TestEncryptedConnectionsAreRefused(t *testing.T) {
	known := httptest.NewTLSServer(nil)
	defer known.Close()
	for _, test := range []struct {
		name, want string
		answer     func(net.Conn)
	}{
		{"no encryption", "does not encrypt connections, which sslmode asks for: ask its administrator", func(c net.Conn) {
			_, _ = c.Write([]byte("N"))
		}},
		{"an unknown certificate", "is not signed by sslrootcert, or not for this name: ask its administrator for both", func(c net.Conn) {
			_, _ = c.Write([]byte("S"))
			_ = tls.Server(c, known.TLS).Handshake()
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer listener.Close()
			go func() {
				for {
					c, err := listener.Accept()
					if err != nil {
						return
					}
					_, _ = c.Read(make([]byte, 8)) // asks for encryption
					test.answer(c)
					c.Close()
				}
			}()
			_, err = connect(t.Context(), fmt.Sprintf("postgresql://reader@%s/hoso?sslmode=verify-full", listener.Addr()), time.Minute)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
}

// writeText writes a file of a test.
func writeText(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestDatabaseExample runs the example.
func TestDatabaseExample(t *testing.T) {
	s := startServers(t, 1)[0]
	atRoot(t)
	table, err := os.ReadFile("examples/database/table.sql")
	if err != nil {
		t.Fatal(err)
	}
	s.exec(t, string(table))
	t.Setenv("ONE_STOP", s.address("postgres"))
	stdout, stderr, code := command(t, "inspect", "--unit", "Sở Nội vụ", "--bind", "examples/database/bindings.yaml", "--source", "env:ONE_STOP")
	if code != exitOK {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	compareFile(t, "examples/database/expected.txt", stdout)

	// the page of the example adds a figure up again, without the database
	page, err := os.ReadFile("examples/database/README.md")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^(awk .*) groups\.csv\n([0-9]+)$`).FindStringSubmatch(string(page))
	if m == nil {
		t.Fatal("the page adds nothing up")
	}
	groups := filepath.Join(t.TempDir(), "groups.csv")
	args := []string{"score", "--unit", "Sở Tư pháp", "--as-of", "2024-01-31", "-v", "--bind", "examples/database/bindings.yaml", "--source", "env:ONE_STOP", "--report", "groups=" + groups}
	code, stdout, stderr = parcheckHere(args...)
	out, err := exec.Command("sh", "-c", m[1]+" "+groups).Output()
	if figure := "Dossiers resolved: 4,417 dossiers"; code != exitGate || err != nil || string(out) != m[2]+"\n" || !strings.Contains(stdout, figure) {
		t.Errorf("exit code %d %s, %v: the command adds up to %q, the page says %s, and the report has %q: %t", code, stderr, err, out, m[2], figure, strings.Contains(stdout, figure))
	}
}

// TestServerDies ends a server while it counts.
func TestServerDies(t *testing.T) {
	s := startServers(t, 1)[0]
	s.exec(t, listTable+`INSERT INTO hoso.list (id, unit) SELECT g, 'Sở A' FROM generate_series(1, 1000) g;
		CREATE VIEW hoso.slow AS SELECT l.* FROM hoso.list l WHERE pg_sleep(0.1) IS NOT NULL`)
	dir := t.TempDir()
	plan, bind := writeText(t, dir, "plan.yaml", listPlan), writeText(t, dir, "bindings.yaml", strings.Replace(listBindings, "hoso.list", "hoso.slow", 1))
	t.Setenv("DB", s.address("postgres"))
	go func() {
		time.Sleep(time.Second)
		s.stop("immediate")
	}()
	code, stdout, stderr := parcheckHere("score", "--plan", plan, "--as-of", "2024-02-01", "-f", "json", "--bind", bind, "--source", "env:DB")
	if code != exitInput || !strings.Contains(stderr, "nothing of it is counted; try again") || len(tell(t, stdout).Cards) > 0 {
		t.Errorf("exit code %d\n%s%s", code, stdout, stderr)
	}
}

// TestHostileDatabase puts quotes, comments, control characters and formulas
// into names and values: none of it reaches a statement or a report raw.
func TestHostileDatabase(t *testing.T) {
	s := startServers(t, 1)[0]
	s.exec(t, listTable+`
		CREATE TABLE hoso."li""st'; DROP TABLE hoso.list; --" AS SELECT * FROM hoso.list;
		ALTER TABLE hoso."li""st'; DROP TABLE hoso.list; --" RENAME way TO "w""ay'/*";
		INSERT INTO hoso."li""st'; DROP TABLE hoso.list; --" VALUES
		('1', E'Sở \x1b[31mA', '2023-02-03', NULL, NULL, 'Loại một', E'=HYPERLINK("http://x")\x1b]0;t\x07', E'\r\n::error::x', 'X', 1),
		('2', E'=cmd|\u202ex', '2023-02-03', NULL, NULL, 'Loại một', E'</script><b>\u202e', '-- "x', 'Y''', 1)`)
	dir := t.TempDir()
	text := strings.Replace(listBindings, "hoso.list", `'hoso."li""st''; DROP TABLE hoso.list; --"'`, 1)
	text = strings.Replace(text, "way: way", `way: "w\"ay'/*"`, 1)
	plan, bind := writeText(t, dir, "plan.yaml", listPlan), writeText(t, dir, "bindings.yaml", text)
	t.Setenv("DB", s.address("postgres"))
	args := []string{"score", "--plan", plan, "--as-of", "2024-02-01", "--level", "office", "-v", "--bind", bind, "--source", "env:DB"}
	files := map[string]string{}
	for _, format := range []string{"groups", "csv", "docx", "html", "markdown", "github", "sarif", "junit", "gitlab"} {
		files[format] = filepath.Join(dir, "out."+format)
		args = append(args, "--report", format+"="+files[format])
	}
	code, stdout, stderr := parcheckHere(args...)
	if code != exitOK {
		t.Fatalf("exit code %d: %s%s", code, stdout, stderr)
	}
	texts := map[string]string{"text": stdout, "messages": stderr}
	var wrong error
	for format, path := range files {
		data, err := os.ReadFile(path)
		if format == "docx" {
			data = []byte(strings.Join(wordTexts(t, path), "\n"))
		}
		texts[format], wrong = string(data), errors.Join(wrong, err)
	}
	if wrong != nil {
		t.Fatal(wrong)
	}
	for format, text := range texts {
		if i := strings.IndexAny(text, "\x1b\x07\u202e"); i >= 0 {
			t.Errorf("%s holds a control character: %q", format, text[max(i-40, 0):min(i+40, len(text))])
		}
		if strings.Contains(text, "</script><b>") && (format == "html" || format == "markdown") {
			t.Errorf("%s holds raw HTML", format)
		}
	}
	for line := range strings.Lines(texts["groups"]) {
		for _, cell := range strings.Split(line, ",") {
			if strings.HasPrefix(strings.TrimLeft(cell, `"`), "=") {
				t.Errorf("a formula in the groups: %s", line)
			}
		}
	}
	s.exec(t, "SELECT 1 FROM hoso.list") // it is still there
}
