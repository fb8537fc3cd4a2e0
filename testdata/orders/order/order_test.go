package order

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"io"
	"strings"
	"testing"

	"example.com/orders/flags"
)

// table is a database with one table, feature_flags.
type table map[string]bool

func (t table) Connect(context.Context) (driver.Conn, error) { return conn{t}, nil }
func (t table) Driver() driver.Driver                        { return nil }

type conn struct{ t table }

func (c conn) Prepare(string) (driver.Stmt, error) { return stmt(c), nil }
func (c conn) Close() error                        { return nil }
func (c conn) Begin() (driver.Tx, error)           { return nil, driver.ErrSkip }

type stmt struct{ t table }

func (s stmt) Close() error                               { return nil }
func (s stmt) NumInput() int                              { return 1 }
func (s stmt) Exec([]driver.Value) (driver.Result, error) { return nil, driver.ErrSkip }
func (s stmt) Query(args []driver.Value) (driver.Rows, error) {
	on, ok := s.t[args[0].(string)]
	return &rows{on, !ok}, nil
}

type rows struct{ on, done bool }

func (r *rows) Columns() []string { return []string{"enabled"} }
func (r *rows) Close() error      { return nil }
func (r *rows) Next(dest []driver.Value) error {
	if r.done {
		return io.EOF
	}
	dest[0], r.done = r.on, true
	return nil
}

// set turns a flag on or off.
func (t table) set(name string, on bool) { t[name] = on }

func service(t *testing.T, on table) *Service {
	t.Helper()
	db := sql.OpenDB(on)
	t.Cleanup(func() { _ = db.Close() })
	return &Service{Flags: flags.New(db)}
}

var some = Order{[]Line{{"pen", 10, 105}, {"ink", 1, 250}}}

func TestTotalInBulk(t *testing.T) {
	db := table{}
	db.set("bulk-discount", true)
	db.set("round-up", false)
	got, err := service(t, db).Total(t.Context(), some)
	if err != nil || got != 1195 {
		t.Errorf("got %d, %v", got, err)
	}
}

func TestTotalPlain(t *testing.T) {
	db := table{}
	db.set("bulk-discount", false)
	db.set("round-up", false)
	got, err := service(t, db).Total(t.Context(), some)
	if err != nil || got != 1300 {
		t.Errorf("got %d, %v", got, err)
	}
}

func TestTotalRounded(t *testing.T) {
	for _, tc := range []struct {
		name     string
		bulk, up bool
		want     int
	}{
		{"neither", false, false, 1300},
		{"bulk", true, false, 1195},
		{"up", false, true, 1300},
		{"both", true, true, 1200},
	} {
		t.Run(tc.name, func(t *testing.T) {
			db := table{}
			db.set("bulk-discount", tc.bulk)
			db.set("round-up", tc.up)
			got, err := service(t, db).Total(t.Context(), some)
			if err != nil || got != tc.want {
				t.Errorf("got %d, %v", got, err)
			}
		})
	}
}

func TestExport(t *testing.T) {
	t.Setenv("FEATURE_CSV_EXPORT", "1")
	var b strings.Builder
	if err := some.Export(&b); err != nil || b.String() != "pen,10,105\nink,1,250\n" {
		t.Errorf("got %q, %v", b.String(), err)
	}
}

func TestExportText(t *testing.T) {
	t.Setenv("FEATURE_CSV_EXPORT", "")
	var b strings.Builder
	if err := some.Export(&b); err != nil || b.String() != "10 x pen\n1 x ink\n" {
		t.Errorf("got %q, %v", b.String(), err)
	}
}
