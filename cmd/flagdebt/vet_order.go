package main

// This file makes all processes of one go command judge by the same things. The
// go command starts its vet tool once in the user's working directory, to ask
// for its version, and then once a package, in the package's own folder: of a
// dependency, too. It keeps what the tool says of a package under that version,
// and knows nothing of configuration, registries and days. So the process that is
// asked for the version settles what they are, and says so in it; and the others
// take its order, and go by no other.

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/registry"
)

// vetOrder is what the vet tool works with.
type vetOrder struct {
	Dir    string // the user's working directory, absolute
	Config string // the configuration file, absolute; "" is found from Dir upwards
	Today  string
	Digest string // of all that was read; "" before it was
}

// orderVariable is the environment variable in which "flagdebt vet" hands its
// order to the vet tool. It is no way in for users.
const orderVariable = "FLAGDEBT_VET"

// orderIn returns the order for the working directory dir and the environment.
// Nothing is read yet.
func (w world) orderIn(dir string) (vetOrder, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return vetOrder{}, fmt.Errorf("finding the working directory: %w", err)
	}
	o := vetOrder{Dir: dir, Today: w.today.String()}
	if file := w.getenv("FLAGDEBT_CONFIG"); file != "" {
		o.Config = o.path(file)
	}
	if day := w.getenv("FLAGDEBT_TODAY"); day != "" {
		if _, err := registry.ParseDate(day); err != nil {
			return vetOrder{}, fmt.Errorf("FLAGDEBT_TODAY: %w", err)
		}
		o.Today = day
	}
	return o, nil
}

// path returns a file named in the working directory, absolute.
func (o vetOrder) path(file string) string {
	if filepath.IsAbs(file) {
		return filepath.Clean(file)
	}
	return filepath.Join(o.Dir, file)
}

// load reads configuration and registry. What was read must be what the order
// speaks of, where it was settled before: the go command would else keep what is
// said now as what was to be said then.
func (o vetOrder) load() (*analyzer.Driver, error) {
	today, err := registry.ParseDate(o.Today)
	if err != nil {
		return nil, err
	}
	d, err := analyzer.Load(analyzer.Settings{Dir: o.Dir, ConfigPath: o.Config, Today: today})
	if err != nil {
		return nil, err
	}
	if o.Digest != "" && o.Digest != d.Digest() {
		return nil, errors.New("the configuration or a registry file changed while go vet ran: run it again")
	}
	return d, nil
}

// settle loads what the order leads to, and notes its digest.
func (o *vetOrder) settle() (*analyzer.Driver, error) {
	d, err := o.load()
	if err != nil {
		return nil, err
	}
	o.Digest = d.Digest()
	return d, nil
}

// String returns the order as loadOrder reads it.
func (o vetOrder) String() string {
	data, err := json.Marshal(o)
	if err != nil {
		panic(err) // every field is a string
	}
	return string(data)
}

// loadOrder loads what an order leads to that was written down.
func loadOrder(data []byte) (*analyzer.Driver, error) {
	var o vetOrder
	if err := json.Unmarshal(data, &o); err != nil {
		return nil, fmt.Errorf("reading what flagdebt told its vet tool: %w", err)
	}
	return o.load()
}

// giveOrder settles what the processes of this go command work with, leaves word of
// it for them, and returns what it leads to.
func (w world) giveOrder() (*analyzer.Driver, error) {
	if text := w.getenv(orderVariable); text != "" {
		return loadOrder([]byte(text))
	}
	o, err := w.orderIn(".")
	if err != nil {
		return nil, err
	}
	d, err := o.settle()
	if err != nil {
		return nil, err
	}
	return d, leaveOrder(o)
}

// takeOrder returns what the order leads to that giveOrder gave.
func (w world) takeOrder() (*analyzer.Driver, error) {
	if text := w.getenv(orderVariable); text != "" {
		return loadOrder([]byte(text))
	}
	data, err := os.ReadFile(orderFile())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New(`another program stands between the go command and flagdebt (-toolexec, a script): run "flagdebt vet" instead`)
	}
	if err != nil {
		return nil, fmt.Errorf("reading what flagdebt told its vet tool: %w", err)
	}
	return loadOrder(data)
}

// orderPrefix begins the names of the files in which orders are left.
const orderPrefix = "flagdebt-vet-"

// orderFile returns the name of the file for orders to the children of our
// parent, the go command. Another go command that runs at the same time has
// another name, even where it shares the folder from within another container.
func orderFile() string {
	host, err := os.Hostname()
	if err != nil {
		host = "" // it only tells containers apart
	}
	sum := sha256.Sum256(fmt.Appendln(nil, os.Getppid(), os.Getuid(), host))
	return filepath.Join(os.TempDir(), fmt.Sprintf("%s%x.json", orderPrefix, sum[:12]))
}

// leaveOrder writes the order for the children of our parent. The file takes its
// place whole, and only where no other user's stands there; so whoever finds it
// finds what we wrote. Nobody learns when the go command ends: the file stays, and
// later ones remove it.
func leaveOrder(o vetOrder) error {
	forgetOrders()
	f, err := os.CreateTemp("", orderPrefix+"*.tmp")
	if err != nil {
		return fmt.Errorf("leaving word for the vet tool: %w", err)
	}
	_, err = f.WriteString(o.String())
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), orderFile())
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return fmt.Errorf("leaving word for the vet tool: %w", err)
	}
	return nil
}

// forgetOrders removes orders of days ago. What cannot be removed does no harm.
func forgetOrders() {
	entries, err := os.ReadDir(os.TempDir())
	if err != nil {
		return
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), orderPrefix) {
			continue
		}
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > 48*time.Hour {
			_ = os.Remove(filepath.Join(os.TempDir(), e.Name()))
		}
	}
}
