//go:build !js

package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
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
	version  string        // of the server, in its own words
	snapshot string        // that the session reads; "" where the server names none
	within   time.Duration // that a statement may take
}

// Time that a server may take to answer at all, to end a statement that is
// cancelled, and to end one that has taken too long: it compiles long statements
// for seconds, and does not look up meanwhile.
const (
	connectWithin = 15 * time.Second
	cancelWithin  = 5 * time.Second
	endWithin     = time.Minute
)

// tuning settings make the groups in memory, side by side and with compiled
// expressions. A server sizes its table of groups by how many it expects, within
// work_mem, and expects far too many. Servers that do not know the settings go
// without.
var tuning = []string{
	"enable_sort = off", "work_mem = '16MB'", "jit = on",
	"parallel_setup_cost = 0", "parallel_tuple_cost = 0.01", "synchronize_seqscans = off",
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
	s := &session{conn: conn, within: within}
	if err := s.prepare(ctx); err != nil {
		s.close()
		return nil, serverError(err)
	}
	return s, nil
}

// prepare makes the session read one state of the database, and nothing else. Its
// settings end with the transaction: behind a pool, the connection is another
// program's then. Where rows are hidden from the user, the server refuses, for a
// part would be counted as the whole.
func (s *session) prepare(ctx context.Context) error {
	for _, sql := range []string{
		"BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
		"SET LOCAL client_encoding = 'UTF8'", "SET LOCAL standard_conforming_strings = on", "SET LOCAL DateStyle = 'ISO'",
		fmt.Sprintf("SET LOCAL statement_timeout = %d", s.within.Milliseconds()),
	} {
		if err := s.run(ctx, sql); err != nil {
			return err
		}
	}
	for _, setting := range append(tuning, "row_security = off") {
		if err := s.attempt(ctx, func() error { return s.run(ctx, "SET LOCAL "+setting) }); err != nil && !isServerError(err) {
			return err
		}
	}
	if err := s.one(ctx, "SELECT version()", &s.version); err != nil {
		return err
	}
	err := s.attempt(ctx, func() error { return s.one(ctx, "SELECT pg_current_snapshot()::text", &s.snapshot) })
	if isServerError(err) {
		return nil
	}
	return err
}

// attempt does what a server may refuse, which would end the transaction. What is
// set meanwhile ends where it is refused.
func (s *session) attempt(ctx context.Context, do func() error) error {
	if err := s.run(ctx, "SAVEPOINT attempt"); err != nil {
		return err
	}
	err := do()
	if isServerError(err) {
		if back := s.run(ctx, "ROLLBACK TO SAVEPOINT attempt"); back != nil {
			return back
		}
	}
	return err
}

// bounded ends a statement that the server itself does not end in time, for it
// hangs.
func (s *session) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, s.within+endWithin)
}

func (s *session) run(ctx context.Context, sql string) error {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
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
	ctx, cancel := s.bounded(ctx)
	defer cancel()
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
		var d *pgconn.StatementDescription
		err := s.attempt(ctx, func() (err error) {
			d, err = s.conn.Prepare(ctx, "", sql, nil)
			return err
		})
		if err != nil {
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

// index looks for a unique index; "" where there is none, or where the server has
// no such catalogue.
func (s *session) index(ctx context.Context, sql string) (name string, err error) {
	if err := s.run(ctx, "SAVEPOINT proved"); err != nil {
		return "", serverError(err)
	}
	if err := s.one(ctx, sql, &name); err != nil && !isServerError(err) {
		return "", serverError(err)
	}
	if err := s.run(ctx, "ROLLBACK TO SAVEPOINT proved"); err != nil {
		return "", serverError(err)
	}
	return name, nil
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
	return lang.Errorf("the connection string cannot be read: want postgresql://user@host:5432/database, or host=... dbname=...; a service and files that it names must be there",
		"không đọc được chuỗi kết nối: cần dạng postgresql://user@host:5432/database, hoặc host=... dbname=...; dịch vụ và các tệp ghi trong đó phải có sẵn")
}

// cannotConnect says why a server was not reached. Nothing of the connection
// string is shown but the host.
func cannotConnect(config *pgconn.Config, err error) error {
	host := net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port)))
	if isServerError(err) {
		return serverError(err)
	}
	var (
		name    *net.DNSError
		invalid *tls.CertificateVerificationError
		unknown x509.UnknownAuthorityError
	)
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &name):
		return lang.Errorf("no server is called %q: look at its name, and whether this machine is in its network",
			"không tìm thấy máy chủ %q: hãy xem lại tên và kết nối mạng", config.Host)
	case pgconn.Timeout(err), errors.Is(err, context.DeadlineExceeded):
		return lang.Errorf("the server %s does not answer within %v", "máy chủ %s không trả lời trong %v", host, config.ConnectTimeout)
	case errors.As(err, &invalid), errors.As(err, &unknown):
		return lang.Errorf("the certificate of the server %s is not signed by sslrootcert, or not for this name: ask its administrator for both",
			"chứng thư của máy chủ %s không do sslrootcert ký, hoặc không dành cho tên này: hãy hỏi quản trị viên của máy chủ", host)
	case strings.Contains(err.Error(), "refused TLS") && !slices.ContainsFunc(config.Fallbacks, func(f *pgconn.FallbackConfig) bool { return f.TLSConfig == nil }):
		return lang.Errorf("the server %s does not encrypt connections, which sslmode asks for: ask its administrator",
			"máy chủ %s không mã hóa kết nối như sslmode yêu cầu: hãy hỏi quản trị viên của máy chủ", host)
	}
	return lang.Errorf("no database server answers at %s: look whether it runs, and whether the network lets this machine reach it",
		"không có máy chủ cơ sở dữ liệu trả lời tại %s: hãy xem máy chủ có đang chạy và mạng có cho phép kết nối không", host)
}

// serverError says in both languages what a server refused, by the code of the
// refusal; the server's own words stand behind it.
func serverError(err error) error {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		switch {
		case errors.Is(err, context.Canceled):
			return err
		case errors.Is(err, context.DeadlineExceeded):
			return lang.Errorf("the server hangs: it neither answered in time nor stopped; nothing of it is counted",
				"máy chủ bị treo: không trả lời đúng hạn và không dừng; không tính số liệu nào")
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

var notUTF8 = lang.T("the database holds texts that are no UTF-8, or its encoding lacks letters of the plan", "cơ sở dữ liệu chứa văn bản không phải UTF-8, hoặc bảng mã của nó thiếu chữ có trong kế hoạch")

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
	{"42501", lang.T("this user may not read it, or not all of its rows: ask for GRANT SELECT, or for a view that shows all that is to be counted", "người dùng này không có quyền đọc, hoặc không được đọc đủ các dòng: hãy đề nghị cấp GRANT SELECT, hoặc một view chứa đủ hồ sơ cần đếm")},
	{"42703", lang.T("there is no such column", "không có cột này")},
	{"42601", lang.T("this is no SQL", "sai cú pháp SQL")},
	{"25006", lang.T("it writes, and parcheck only reads", "câu này ghi dữ liệu, parcheck chỉ đọc")},
	{"57014", lang.T("it was stopped, for it took longer than --limit query allows", "đã bị dừng vì chạy lâu hơn mức --limit query cho phép")},
	{"57P", lang.T("the server was shut down meanwhile: nothing of it is counted; try again", "máy chủ bị tắt giữa chừng: không tính số liệu nào; hãy chạy lại")},
	{"53", lang.T("the server has no memory or disk space left for it", "máy chủ hết bộ nhớ hoặc dung lượng đĩa")},
	{"22021", notUTF8},
	{"22P05", notUTF8},
	{"22023", lang.T("the server does not know this value, such as a time zone", "máy chủ không biết giá trị này, chẳng hạn múi giờ")},
	{"22", lang.T("a value cannot be converted as the binding says", "có giá trị không chuyển đổi được theo liên kết")},
	{"40", lang.T("the server asks to try again", "máy chủ yêu cầu chạy lại")},
}
