//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"

	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/query"
)

// session is a connection to a database that reads one state of it.
type session struct {
	conn     *pgconn.PgConn
	version  string // of the server, in its own words
	snapshot string // that the session reads; "" where the server names none
}

// Time that a server may take to answer at all, and to end a statement that is
// cancelled.
const (
	connectWithin = 15 * time.Second
	cancelWithin  = 5 * time.Second
)

// tuning settings make the groups in memory, side by side and with compiled
// expressions. A server sizes its table of groups by how many it expects, within
// work_mem, and expects far too many. Servers that do not know the settings go
// without.
var tuning = []string{
	"SET enable_sort = off", "SET work_mem = '16MB'", "SET jit = on",
	"SET parallel_setup_cost = 0", "SET parallel_tuple_cost = 0.01", "SET synchronize_seqscans = off",
}

// connect opens a session that can write nothing. An empty address means the
// server that PGHOST and the like name.
func connect(ctx context.Context, address string, within time.Duration) (*session, error) {
	config, err := pgconn.ParseConfig(address)
	if err != nil {
		return nil, wrongAddress(err)
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectWithin
	}
	config.RuntimeParams["application_name"] = "parcheck"
	config.OnNotice = func(*pgconn.PgConn, *pgconn.Notice) {}
	config.BuildContextWatcherHandler = func(c *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: c, DeadlineDelay: cancelWithin}
	}
	conn, err := pgconn.ConnectConfig(ctx, config)
	if err != nil {
		return nil, cannotConnect(config, err)
	}
	s := &session{conn: conn}
	if err := s.prepare(ctx, within); err != nil {
		s.close()
		return nil, serverError(err)
	}
	return s, nil
}

// prepare makes the session read one state of the database, and nothing else.
func (s *session) prepare(ctx context.Context, within time.Duration) error {
	for _, sql := range tuning {
		if err := s.run(ctx, sql); err != nil && !isServerError(err) {
			return err
		}
	}
	for _, sql := range []string{
		"SET client_encoding = 'UTF8'", "SET standard_conforming_strings = on", "SET DateStyle = 'ISO'",
		fmt.Sprintf("SET statement_timeout = %d", within.Milliseconds()),
	} {
		if err := s.run(ctx, sql); err != nil {
			return err
		}
	}
	if err := s.one(ctx, "SELECT version()", &s.version); err != nil {
		return err
	}
	const snapshot = "SELECT pg_current_snapshot()::text"
	named := s.one(ctx, snapshot, &s.snapshot)
	if named != nil && !isServerError(named) {
		return named
	}
	if err := s.run(ctx, "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"); err != nil {
		return err
	}
	if named == nil {
		return s.one(ctx, snapshot, &s.snapshot)
	}
	return nil
}

func (s *session) run(ctx context.Context, sql string) error {
	_, err := s.conn.Exec(ctx, sql).ReadAll()
	return err
}

// one reads a single value.
func (s *session) one(ctx context.Context, sql string, into *string) error {
	return s.rows(ctx, sql, nil, func(row [][]byte) error {
		if len(row) > 0 {
			*into = string(row[0])
		}
		return nil
	})
}

// rows runs one statement and calls fn with each row, as text. The row is valid
// until fn returns.
func (s *session) rows(ctx context.Context, sql string, params [][]byte, fn func(row [][]byte) error) error {
	rows := s.conn.ExecParams(ctx, sql, params, nil, nil, nil)
	var wrong error
	for wrong == nil && rows.NextRow() {
		wrong = fn(rows.Values())
	}
	_, err := rows.Close()
	if wrong != nil {
		return wrong
	}
	return err
}

// describe lists the columns that a SELECT gives.
func (s *session) describe(ctx context.Context) query.Describe {
	return func(sql string) ([]query.Field, error) {
		// an error ends a transaction, and must not end this one
		if err := s.run(ctx, "SAVEPOINT described"); err != nil {
			return nil, serverError(err)
		}
		d, err := s.conn.Prepare(ctx, "", sql, nil)
		if err != nil {
			_ = s.run(ctx, "ROLLBACK TO SAVEPOINT described")
			return nil, serverError(err)
		}
		var fields []query.Field
		for _, f := range d.Fields {
			fields = append(fields, query.Field{Name: f.Name, OID: f.DataTypeOID})
		}
		for i := range fields {
			name := fmt.Sprintf("SELECT format_type(%d, NULL)", fields[i].OID)
			if err := s.one(ctx, name, &fields[i].Type); err != nil {
				return nil, serverError(err)
			}
		}
		return fields, nil
	}
}

// sampleWithin is the time that a sample may take. Without one a list is counted
// all the same.
const sampleWithin = 2 * time.Second

// sample looks at some records of a list.
func (s *session) sample(ctx context.Context, l *query.List) (*query.Sample, error) {
	sample, ok := l.NewSample()
	if !ok {
		return sample, nil
	}
	text, err := l.SampleText(sample)
	if err != nil {
		return nil, err
	}
	for _, sql := range []string{"SAVEPOINT sampled", fmt.Sprintf("SET LOCAL statement_timeout = %d", sampleWithin.Milliseconds())} {
		if err := s.run(ctx, sql); err != nil {
			return nil, serverError(err)
		}
	}
	err = s.rows(ctx, text, nil, func(row [][]byte) error {
		sample.Add(row)
		return nil
	})
	if err != nil && !isServerError(err) {
		return nil, serverError(err)
	}
	if err := s.run(ctx, "ROLLBACK TO SAVEPOINT sampled"); err != nil {
		return nil, serverError(err)
	}
	return sample, nil
}

// noRelation is the code by which servers refuse a relation that is not there.
const noRelation = "42P01"

// nearRelation offers the relation that is most like one that is not there.
func (s *session) nearRelation(ctx context.Context, name string, err error) error {
	var e *pgconn.PgError
	if name == "" || !errors.As(err, &e) || e.Code != noRelation {
		return err
	}
	var names []string
	asked := s.rows(ctx, `SELECT table_schema || '.' || table_name FROM information_schema.tables
		WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1 LIMIT 1000`, nil, func(row [][]byte) error {
		if len(row) > 0 {
			names = append(names, string(row[0]))
		}
		return nil
	})
	if near := label.Nearest(name, names); asked == nil && near != "" {
		return &lang.Error{Text: lang.F("%v%s", "%v%s", err, didYouMean(near)), Cause: err}
	}
	return err
}

func (s *session) close() {
	if s == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), cancelWithin)
	defer cancel()
	_ = s.conn.Close(ctx)
}

func isServerError(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e)
}

// wrongAddress refuses a connection string. It may hold a password, and is not
// shown.
func wrongAddress(error) error {
	return lang.Errorf("the connection string cannot be read: want postgresql://user@host:5432/database, or host=... dbname=...",
		"không đọc được chuỗi kết nối: cần dạng postgresql://user@host:5432/database, hoặc host=... dbname=...")
}

// cannotConnect says why a server was not reached. Nothing of the connection
// string is shown but the host.
func cannotConnect(config *pgconn.Config, err error) error {
	host := net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port)))
	if isServerError(err) {
		return serverError(err)
	}
	var name *net.DNSError
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &name):
		return lang.Errorf("no server is called %q: look at its name, and whether this machine is in its network",
			"không tìm thấy máy chủ %q: hãy xem lại tên và kết nối mạng", config.Host)
	case pgconn.Timeout(err), errors.Is(err, context.DeadlineExceeded):
		return lang.Errorf("the server %s does not answer within %v", "máy chủ %s không trả lời trong %v", host, config.ConnectTimeout)
	}
	return lang.Errorf("no database server answers at %s: look whether it runs, and whether the network lets this machine reach it",
		"không có máy chủ cơ sở dữ liệu trả lời tại %s: hãy xem máy chủ có đang chạy và mạng có cho phép kết nối không", host)
}

// serverError says in both languages what a server refused, by the code of the
// refusal; the server's own words stand behind it.
func serverError(err error) error {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		if errors.Is(err, context.Canceled) {
			return err
		}
		return lang.Errorf("the connection to the server broke off: nothing of it is counted; try again",
			"mất kết nối với máy chủ giữa chừng: không tính số liệu nào; hãy chạy lại")
	}
	for _, r := range refusals {
		if len(e.Code) >= len(r.code) && e.Code[:len(r.code)] == r.code {
			return &lang.Error{Text: lang.F("%s (the server says: %s)", "%s (máy chủ báo: %s)", r.text, e.Message), Cause: err}
		}
	}
	return &lang.Error{Text: lang.F("the server refuses: %s [%s]", "máy chủ từ chối: %s [%s]", e.Message, e.Code), Cause: err}
}

// refusals are what servers refuse, by code or class of codes (PostgreSQL,
// appendix A).
var refusals = []struct {
	code string
	text lang.Text
}{
	{"28", lang.T("the server does not let this user in: look at the user and the password", "máy chủ không cho người dùng này đăng nhập: hãy xem lại tên người dùng và mật khẩu")},
	{"3D000", lang.T("the server has no such database", "máy chủ không có cơ sở dữ liệu này")},
	{"53300", lang.T("the server has too many connections: try again later", "máy chủ đang có quá nhiều kết nối: hãy thử lại sau")},
	{"42P01", lang.T("there is no such relation", "không có relation này")},
	{"3F000", lang.T("there is no such schema", "không có schema này")},
	{"42501", lang.T("this user may not read it: ask for GRANT SELECT", "người dùng này không có quyền đọc: hãy đề nghị cấp GRANT SELECT")},
	{"42703", lang.T("there is no such column", "không có cột này")},
	{"42601", lang.T("this is no SQL", "sai cú pháp SQL")},
	{"25006", lang.T("it writes, and parcheck only reads", "câu này ghi dữ liệu, parcheck chỉ đọc")},
	{"57014", lang.T("it was stopped, for it took longer than --limit query allows", "đã bị dừng vì chạy lâu hơn mức --limit query cho phép")},
	{"57P", lang.T("the server was shut down meanwhile: nothing of it is counted; try again", "máy chủ bị tắt giữa chừng: không tính số liệu nào; hãy chạy lại")},
	{"53", lang.T("the server has no memory or disk space left for it", "máy chủ hết bộ nhớ hoặc dung lượng đĩa")},
	{"22", lang.T("a value cannot be converted as the binding says", "có giá trị không chuyển đổi được theo liên kết")},
	{"40", lang.T("the server asks to try again", "máy chủ yêu cầu chạy lại")},
}
