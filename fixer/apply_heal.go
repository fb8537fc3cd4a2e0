package fixer

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// This file puts back what was begun: at once, or after a process was killed, by
// the journal that it left in the root of the repository.

// Healed is what Heal did. Paths are relative to the root, with slashes.
type Healed struct {
	Back []string // files that were put back
	Left []string // files that somebody has changed since; they stay as they are
}

// Heal puts back the files below root that a run was writing when it was killed.
// It returns nil where there was no such run. A run that is writing now is
// waited for.
func Heal(ctx context.Context, root string) (*Healed, error) {
	w := &writer{disk: osDisk{}}
	h, err := w.heal(ctx, root)
	if err != nil {
		return nil, fmt.Errorf("putting back the files of a run that was killed: %w", err)
	}
	return h, nil
}

func (w *writer) heal(ctx context.Context, root string) (h *Healed, err error) {
	if w.root, err = filepath.EvalSymlinks(root); err != nil {
		return nil, err
	}
	if w.journal, err = openJournal(ctx, w.root, false); err != nil || w.journal == nil {
		return nil, err
	}
	defer w.journal.Close()
	isWritten, err := w.load()
	if err != nil {
		return nil, fmt.Errorf("%w. See %s, and remove it", err, w.journal.Name())
	}
	if isWritten || len(w.files) == 0 {
		return nil, w.tidy()
	}
	h = &Healed{}
	if h.Back, h.Left, err = w.undo(); err != nil {
		return nil, err
	}
	return h, w.tidy()
}

// undo puts the old texts back in their places, going by what lies on the disk.
// left are those files that hold neither the old text nor the new one: they stay
// as they are, and the old text beside them.
func (w *writer) undo() (back, left []string, err error) {
	var errs []error
	for _, t := range w.files {
		name := w.rel(t.path)
		switch is, err := w.restore(t); {
		case err != nil:
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		case is == strange:
			left = append(left, fmt.Sprintf("%s (its text from before is in %s)", name, w.rel(t.old)))
			t.old = ""
		case is == restored:
			back = append(back, name)
		}
	}
	return back, left, errors.Join(errs...)
}

// restoring is what restore found.
type restoring int

const (
	untouched restoring = iota
	restored
	strange // somebody else has changed the file
)

// restore puts one file back.
func (w *writer) restore(t *target) (restoring, error) {
	old, err := w.read(t.old)
	if errors.Is(err, fs.ErrNotExist) {
		return untouched, nil
	}
	if err != nil {
		return untouched, err
	}
	after := ""
	now, err := w.read(t.path)
	if err == nil {
		after = digest(now)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return untouched, err
	}
	switch {
	case after == digest(old):
		return untouched, nil
	case digest(old) == t.before && after == t.after:
		return restored, w.rename(t.old, t.path)
	}
	return strange, nil
}

func (w *writer) rel(path string) string {
	rel, err := filepath.Rel(w.root, path)
	if err != nil {
		return path
	}
	return filepath.ToSlash(rel)
}

// journalName is the file in the root that says what is being written. It is
// there only while that lasts.
const journalName = ".flagdebt-journal"

// written is the journal's last line, from which on the changes stand.
const written = "written\n"

// entry is a target in the journal's first line.
type entry struct {
	Path   string `json:"path"`            // relative to the root, with slashes
	Before string `json:"before"`          // digest of the old text
	After  string `json:"after,omitempty"` // digest of the new one; "" where the file goes
}

// journalHeader is the journal's first line.
type journalHeader struct {
	Version int     `json:"version"`
	Mark    string  `json:"mark"`
	Files   []entry `json:"files"`
}

// header returns the journal's first line.
func (w *writer) header() string {
	h := journalHeader{Version: 1, Mark: w.mark}
	for _, t := range w.files {
		h.Files = append(h.Files, entry{w.rel(t.path), t.before, t.after})
	}
	line, err := json.Marshal(h)
	if err != nil { // texts do not do that
		return "\n"
	}
	return string(line) + "\n"
}

// load reads the journal. A first line that was cut off says that nothing was
// begun. The journal may come from anywhere, a clone for one: it can only make
// files below the root what a file beside them is already.
func (w *writer) load() (isWritten bool, err error) {
	data, err := io.ReadAll(w.journal)
	if err != nil {
		return false, err
	}
	first, rest, ok := strings.Cut(string(data), "\n")
	if !ok {
		return false, nil
	}
	var h journalHeader
	if err := json.Unmarshal([]byte(first), &h); err != nil {
		return false, err
	}
	if h.Version != 1 || !isMark(h.Mark) {
		return false, errors.New("the journal is of another version")
	}
	for _, e := range h.Files {
		path := filepath.Join(w.root, filepath.FromSlash(e.Path))
		if !filepath.IsLocal(filepath.FromSlash(e.Path)) || !isReal(filepath.Dir(path)) {
			return false, fmt.Errorf("the journal names %q", e.Path)
		}
		w.files = append(w.files, newTarget(path, h.Mark, e.Before, e.After))
	}
	return rest == written, nil
}

// isReal reports whether no part of a folder's path, as far as it exists, is a
// symbolic link.
func isReal(dir string) bool {
	resolved, err := filepath.EvalSymlinks(dir)
	if errors.Is(err, fs.ErrNotExist) && dir != filepath.Dir(dir) {
		_, err := os.Lstat(dir)
		return errors.Is(err, fs.ErrNotExist) && isReal(filepath.Dir(dir))
	}
	return err == nil && resolved == dir
}

// journal is the open journal; who has it open is alone.
type journal struct {
	*lockedfile.File
}

// openJournal opens the journal of a root and waits until nobody else has it
// open. It returns nil where there is none, unless it is to make one.
func openJournal(ctx context.Context, root string, create bool) (*journal, error) {
	name := filepath.Join(root, journalName)
	flag := os.O_RDWR | os.O_APPEND
	if create {
		flag |= os.O_CREATE
	}
	for {
		f, err := lock(ctx, name, flag)
		if errors.Is(err, fs.ErrNotExist) && !create {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		// Who had it open may have removed it.
		ours, err := f.Stat()
		if err == nil {
			if there, err := os.Stat(name); err == nil && os.SameFile(ours, there) {
				return &journal{f}, nil
			}
		}
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
	}
}

// lockGrace is how long an open file is waited for once the context has ended: so
// that a file which was only just made does not stay behind.
const lockGrace = 100 * time.Millisecond

// lock opens a file for us alone. The end of the context ends the wait for
// others, but not at once.
func lock(ctx context.Context, name string, flag int) (*lockedfile.File, error) {
	type result struct {
		file *lockedfile.File
		err  error
	}
	done := make(chan result, 1)
	go func() {
		f, err := lockedfile.OpenFile(name, flag, 0o600)
		done <- result{f, err}
	}()
	select {
	case r := <-done:
		return r.file, r.err
	case <-ctx.Done():
	}
	select {
	case r := <-done:
		return r.file, r.err
	case <-time.After(lockGrace):
	}
	go func() {
		if r := <-done; r.err == nil {
			_ = r.file.Close()
		}
	}()
	return nil, context.Cause(ctx)
}

// isEmpty reports whether nothing stands in the journal.
func (j *journal) isEmpty() bool {
	info, err := j.Stat()
	return err == nil && info.Size() == 0
}

// drop removes the journal.
func (w *writer) drop() error {
	name := w.journal.Name()
	if w.remove(name) == nil {
		return nil
	}
	// Some systems remove no file that is open.
	_ = w.journal.Close()
	if err := w.remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// newMark returns a text that no other run has.
func newMark() string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // it never fails
	return hex.EncodeToString(b[:])
}

// isMark reports whether a text is one of newMark.
func isMark(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 4
}

// digest returns what tells texts apart.
func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// list words names for a message.
func list(names []string) string { return strings.Join(names, ", ") }
