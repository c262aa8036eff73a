//go:build unix

package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/parcheck/parcheck/pkg/report"
)

// TestDatabaseOfTheEnvironment reaches a server by PGHOST and the like, with the
// password of a .pgpass file.
func TestDatabaseOfTheEnvironment(t *testing.T) {
	s := startServers(t, 1)[0]
	s.exec(t, listTable+`INSERT INTO hoso.list (id, unit, received, kind, who) VALUES ('1', 'Sở A', '2023-02-03', 'Loại một', 'X');
		CREATE ROLE locked LOGIN PASSWORD 'r1ght'; GRANT USAGE ON SCHEMA hoso TO locked; GRANT SELECT ON hoso.list TO locked`)
	s.lock(t, "locked")
	dir := t.TempDir()
	plan, bind := writeText(t, dir, "plan.yaml", listPlan), writeText(t, dir, "bindings.yaml", listBindings)
	for name, value := range map[string]string{"PGHOST": s.dir, "PGUSER": "locked", "PGDATABASE": "postgres", "PGPORT": "5432"} {
		t.Setenv(name, value)
	}
	for _, test := range []struct {
		password string
		want     int
	}{{"r1ght", exitOK}, {"wr0ng", exitInput}} {
		passwords := writeText(t, dir, "pgpass", "localhost:5432:postgres:locked:"+test.password+"\n")
		if err := os.Chmod(passwords, 0o600); err != nil {
			t.Fatal(err)
		}
		t.Setenv("PGPASSFILE", passwords)
		code, stdout, stderr := parcheckHere("score", "--plan", plan, "--as-of", "2024-02-01", "-f", "json", "--bind", bind)
		if code != test.want || (len(tell(t, stdout).Cards) == 1) != (test.want == exitOK) {
			t.Errorf("with the password %s: exit code %d: %s", test.password, code, stderr)
		}
		if strings.Contains(stdout+stderr, test.password) {
			t.Error("the password is shown")
		}
	}
}

// TestInterruptStopsTheStatement presses Ctrl-C while a server counts: the
// program ends as interrupted, and the server works no longer.
func TestInterruptStopsTheStatement(t *testing.T) {
	s := startServers(t, 1)[0]
	s.exec(t, listTable+`INSERT INTO hoso.list (id, unit) SELECT g, 'Sở A' FROM generate_series(1, 10000) g;
		CREATE VIEW hoso.slow AS SELECT l.* FROM hoso.list l WHERE pg_sleep(0.1) IS NOT NULL`)
	dir := t.TempDir()
	plan, bind := writeText(t, dir, "plan.yaml", listPlan), writeText(t, dir, "bindings.yaml", strings.Replace(listBindings, "hoso.list", "hoso.slow", 1))
	t.Setenv("DB", s.address("postgres"))
	const counting = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'parcheck' AND state = 'active' AND query LIKE '%codes 1%'"
	go func() {
		for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
			if s.one(t, counting) == "1" {
				_ = syscall.Kill(os.Getpid(), syscall.SIGINT)
				return
			}
		}
	}()
	code, stdout, stderr := parcheckHere("score", "--plan", plan, "--as-of", "2024-02-01", "-f", "json", "--bind", bind, "--source", "env:DB", "--limit", "query=90")
	if code != exitInterrupted || stdout != "" {
		t.Errorf("exit code %d: %s%s", code, stdout, stderr)
	}
	if n := s.one(t, counting); n != "0" {
		t.Errorf("the server still runs %s statements", n)
	}
}

// TestSettingsEndWithTheTransaction looks at a connection after parcheck, as the
// next program behind a pool finds it.
func TestSettingsEndWithTheTransaction(t *testing.T) {
	address := startServers(t, 1)[0].address("postgres")
	const settings = "SELECT string_agg(name || ' ' || setting, E'\n' ORDER BY name) FROM pg_settings WHERE name <> 'application_name'"
	s := &session{within: time.Minute}
	var err error
	if s.conn, err = pgconn.Connect(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	defer s.close()
	var before, after string
	err = s.one(t.Context(), settings, &before)
	for _, do := range []func() error{
		func() error { return s.prepare(t.Context()) },
		func() error { return s.run(t.Context(), "ROLLBACK") },
		func() error { return s.one(t.Context(), settings, &after) },
	} {
		err = errors.Join(err, do())
	}
	if err != nil || before != after {
		t.Errorf("%v (-before +after)\n%s", err, cmp.Diff(before, after))
	}
}

// one reads a single value as the superuser.
func (s *server) one(t *testing.T, sql string) string {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgconn.Connect(ctx, s.address("postgres"))
	if err != nil {
		t.Error(err)
		return ""
	}
	defer conn.Close(ctx)
	results, err := conn.Exec(ctx, sql).ReadAll()
	if err != nil || len(results) != 1 || len(results[0].Rows) != 1 {
		t.Errorf("%s: %v", sql, err)
		return ""
	}
	return string(results[0].Rows[0][0])
}

// TestGroupsAddUpToTheFigure adds the groups of two sources up again: how many
// records each unit has.
func TestGroupsAddUpToTheFigure(t *testing.T) {
	servers := startServers(t, 2)
	dir := t.TempDir()
	plan, bind, groups := writeText(t, dir, "plan.yaml", listPlan), writeText(t, dir, "bindings.yaml", listBindings), filepath.Join(dir, "groups.csv")
	for i, s := range servers {
		s.exec(t, listTable+fmt.Sprintf(`INSERT INTO hoso.list (id, unit, received, kind, way, who)
			SELECT '%d-' || g, 'Sở ' || chr(65 + g %% 2), '2023-02-03', 'Loại một', CASE WHEN g %% 7 > 0 THEN 'Trực tuyến' ELSE 'trực  tuyến' END, 'X' FROM generate_series(1, %d) g`, i, 20+i))
		t.Setenv(fmt.Sprintf("DB%d", i), s.address("postgres"))
	}
	_, stdout, stderr := parcheckHere("score", "--plan", plan, "--as-of", "2024-02-01", "-f", "json", "--bind", bind, "--source", "env:DB0", "--source", "env:DB1", "--report", "groups="+groups)
	var doc report.Document
	if err := json.Unmarshal([]byte(stdout), &doc); err != nil {
		t.Fatalf("%v: %s", err, stderr)
	}
	for _, q := range doc.Queries {
		if len(q.IDs) != 2 || q.IDs[0].Column != "id" || !strings.HasPrefix(q.IDs[1].Statement, "SELECT upper(id)") {
			t.Errorf("statements on ids: %+v", q.IDs)
		}
	}
	data, err := os.ReadFile(groups)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	records := map[string]int{}
	unit := len(rows[0]) - 1
	for i, name := range rows[0] {
		if name == "unit" {
			unit = i
		}
	}
	for _, row := range rows[1:] {
		n := 0
		if _, err := fmt.Sscan(row[len(row)-1], &n); err != nil {
			t.Fatal(err)
		}
		if row[2] == "1" { // one cube holds every record
			records[row[0]+" "+row[unit]] += n
		}
	}
	for key, want := range map[string]int{"env:DB0 Sở A": 10, "env:DB0 Sở B": 10, "env:DB1 Sở A": 10, "env:DB1 Sở B": 11} {
		if records[key] != want {
			t.Errorf("%s: %d records in groups, want %d\n%s", key, records[key], want, data)
		}
	}
}
