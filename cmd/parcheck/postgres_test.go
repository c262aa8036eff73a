//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// server is a PostgreSQL server of a test, reached by a socket in its folder.
type server struct {
	dir     string
	pgCtl   string
	runAs   *syscall.Credential // PostgreSQL refuses to run as root
	stopped bool
}

// startServers starts PostgreSQL servers, or skips the test where none is
// installed.
func startServers(t *testing.T, n int) []*server {
	t.Helper()
	bin := postgresBin()
	if bin == "" {
		t.Skip("no PostgreSQL is installed: apt-get install postgresql")
	}
	// the path of a socket may have 107 bytes, and the folders of tests are long
	root, err := os.MkdirTemp("/tmp", "pg")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(root) })
	first := &server{dir: filepath.Join(root, "0"), pgCtl: filepath.Join(bin, "pg_ctl"), runAs: credential(t)}
	first.own(t, root)
	first.run(t, filepath.Join(bin, "initdb"), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync", "-D", first.dir)
	servers := []*server{first}
	for i := 1; i < n; i++ {
		other := *first
		other.dir = filepath.Join(root, strconv.Itoa(i))
		other.run(t, "cp", "-a", first.dir, other.dir)
		servers = append(servers, &other)
	}
	for _, s := range servers {
		s.start(t)
		t.Cleanup(func() { s.stop("immediate") })
	}
	return servers
}

func postgresBin() string {
	if path, err := exec.LookPath("pg_ctl"); err == nil {
		return filepath.Dir(path)
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pg_ctl")
	if len(found) == 0 {
		return ""
	}
	return filepath.Dir(found[len(found)-1])
}

// credential is whom the server runs as where the test runs as root.
func credential(t *testing.T) *syscall.Credential {
	if os.Getuid() != 0 {
		return nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		t.Skip("PostgreSQL does not run as root, and there is no user postgres")
	}
	uid, _ := strconv.ParseUint(u.Uid, 10, 32)
	gid, _ := strconv.ParseUint(u.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

func (s *server) own(t *testing.T, dir string) {
	if s.runAs == nil {
		return
	}
	if err := os.Chown(dir, int(s.runAs.Uid), int(s.runAs.Gid)); err != nil {
		t.Fatal(err)
	}
}

func (s *server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = "/"
	if s.runAs != nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.runAs}
	}
	return cmd
}

func (s *server) run(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := s.command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", filepath.Base(name), err, out)
	}
}

func (s *server) start(t *testing.T) {
	t.Helper()
	options := fmt.Sprintf("-c listen_addresses= -c fsync=off -c max_connections=20 -c shared_buffers=16MB -k %s", s.dir)
	s.run(t, s.pgCtl, "-w", "-D", s.dir, "-l", s.dir+"/log", "-o", options, "start")
	s.stopped = false
}

// stop stops the server: "immediate" is what a power cut is.
func (s *server) stop(how string) {
	if !s.stopped {
		s.stopped = true
		_ = s.command(s.pgCtl, "-D", s.dir, "-m", how, "stop").Run()
	}
}

// lock makes the server ask a user for a password.
func (s *server) lock(t *testing.T, user string) {
	t.Helper()
	path := filepath.Join(s.dir, "pg_hba.conf")
	if err := os.WriteFile(path, []byte("local all "+user+" scram-sha-256\nlocal all all trust\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.exec(t, "SELECT pg_reload_conf()")
}

// address is the connection string of a user.
func (s *server) address(user string) string {
	return fmt.Sprintf("host=%s user=%s dbname=postgres", s.dir, user)
}

// exec runs SQL as the superuser.
func (s *server) exec(t *testing.T, sql string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgconn.Connect(ctx, s.address("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, sql).ReadAll(); err != nil {
		t.Fatalf("%v\n%s", err, sql)
	}
}

// load copies rows into a table; nil is NULL.
func (s *server) load(t *testing.T, table string, rows [][]*string) {
	t.Helper()
	var b strings.Builder
	escape := strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)
	for _, row := range rows {
		for i, v := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			if v == nil {
				b.WriteString(`\N`)
			} else {
				b.WriteString(escape.Replace(*v))
			}
		}
		b.WriteByte('\n')
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgconn.Connect(ctx, s.address("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.CopyFrom(ctx, strings.NewReader(b.String()), "COPY "+table+" FROM STDIN"); err != nil {
		t.Fatal(err)
	}
}

// parcheck runs the program within the test.
func parcheckHere(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = execute(append(args, "--lang", "en"), strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}
