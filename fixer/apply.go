package fixer

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// This file writes changes into the user's tree. No other place does.
//
// It is all or nothing. Beside each file first come its new text and a second
// name for the old one; then the files change places, one by one. Whatever stops
// that half-way has them all change back: an error, a full disk, the end of the
// context. A process that is killed leaves its journal (apply_journal.go) behind,
// by which Heal does the same later.

// Write makes the changes in the files below root, and nowhere else: all of
// them, or none. A file that is not as its Change says it was is an error. Modes
// are kept; of a symbolic link the target is written. Folders that a deletion
// empties go too.
func Write(ctx context.Context, root string, changes []Change) error {
	return write(ctx, osDisk{}, root, changes)
}

func write(ctx context.Context, d disk, root string, changes []Change) error {
	if len(changes) == 0 {
		return nil
	}
	root, err := filepath.EvalSymlinks(root)
	if err != nil {
		return fmt.Errorf("writing the changes: %w", err)
	}
	w := &writer{disk: d, root: root}
	for _, c := range changes {
		if err := w.add(c); err != nil {
			return err
		}
	}
	w.journal, err = openJournal(ctx, root, true)
	if err != nil {
		return fmt.Errorf("writing the changes: %w", err)
	}
	defer w.journal.Close()
	if w.journal.size() > 0 {
		return errors.New("writing the changes: another run was killed while it wrote, just now; nothing was written. Run the command again")
	}
	if err := w.stage(ctx); err != nil {
		return w.giveUp(err)
	}
	if err := w.swap(ctx); err != nil {
		return w.giveUp(err)
	}
	// The changes stand. What cannot be tidied up now is tidied up by Heal.
	_ = w.tidy()
	return nil
}

// writer writes one set of changes.
type writer struct {
	disk
	root    string // without symbolic links
	files   []*target
	journal *journal
}

// target is one file to write. Its names are relative to the root.
type target struct {
	Path   string // where it really lies
	New    string `json:",omitempty"` // where the new text waits; "" where the file goes
	Old    string // the second name of the old text
	Before string // digest of the old text
	After  string `json:",omitempty"` // digest of the new one

	change Change
	mode   fs.FileMode
}

// add takes a change in, if it is one that may be made.
func (w *writer) add(c Change) error {
	if c.After != nil && bytes.Equal(c.Before, c.After) {
		return nil
	}
	path := c.Path
	folder, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err == nil {
		path = filepath.Join(folder, filepath.Base(path))
	}
	if err == nil && c.After != nil {
		path, err = filepath.EvalSymlinks(path)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w; nothing was written", c.File, err)
	}
	rel, err := filepath.Rel(w.root, path)
	switch {
	case err != nil || !filepath.IsLocal(rel):
		return fmt.Errorf("writing %s: it lies outside of %s; nothing was written. Change it by hand", c.File, w.root)
	case slices.ContainsFunc(w.files, func(t *target) bool { return t.Path == rel }):
		return fmt.Errorf("writing %s: it is one file with another name, changed twice; nothing was written", c.File)
	}
	t := &target{Path: rel, Old: beside(rel, "old"), Before: digest(c.Before), change: c}
	if c.After != nil {
		t.New, t.After = beside(rel, "new"), digest(c.After)
	}
	w.files = append(w.files, t)
	return w.isUnchanged(t)
}

// beside returns the name of a file for our own use in the folder of another.
// The go command overlooks it, for its point and its ending.
func beside(path, ending string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".flagdebt-"+ending)
}

// isUnchanged returns an error where a file is not as it was when it was read.
func (w *writer) isUnchanged(t *target) error {
	data, err := w.read(w.abs(t.Path))
	if err != nil {
		return fmt.Errorf("writing %s: %w; nothing was written", t.change.File, err)
	}
	if !bytes.Equal(data, t.change.Before) {
		return fmt.Errorf("writing %s: it was changed meanwhile; nothing was written. Run the command again", t.change.File)
	}
	t.mode, err = w.perm(w.abs(t.Path))
	return err
}

func (w *writer) abs(rel string) string { return filepath.Join(w.root, rel) }

// stage lays out everything that takes room on the disk. No file of the user
// changes yet.
func (w *writer) stage(ctx context.Context) error {
	if err := w.note(w.journal, header(w.files)); err != nil {
		return fmt.Errorf("writing the journal: %w", err)
	}
	for _, t := range w.files {
		if err := context.Cause(ctx); err != nil {
			return fmt.Errorf("writing the changes: %w", err)
		}
		if t.New == "" {
			continue
		}
		err := w.create(w.abs(t.New), t.change.After, t.mode)
		if err == nil {
			err = w.keep(t)
		}
		if err != nil {
			return fmt.Errorf("writing %s: %w", t.change.File, err)
		}
	}
	return nil
}

// keep gives the old text its second name; where the file system has no second
// names, a copy.
func (w *writer) keep(t *target) error {
	err := w.link(w.abs(t.Path), w.abs(t.Old))
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return w.create(w.abs(t.Old), t.change.Before, t.mode)
}

// swap puts the new texts in their places.
func (w *writer) swap(ctx context.Context) error {
	for _, t := range w.files {
		if err := context.Cause(ctx); err != nil {
			return fmt.Errorf("writing the changes: %w", err)
		}
		if err := w.isUnchanged(t); err != nil {
			return err
		}
		from, to := t.New, t.Path
		if t.New == "" {
			from, to = t.Path, t.Old
		}
		if err := w.rename(w.abs(from), w.abs(to)); err != nil {
			return fmt.Errorf("writing %s: %w", t.change.File, err)
		}
	}
	if err := context.Cause(ctx); err != nil {
		return fmt.Errorf("writing the changes: %w", err)
	}
	if err := w.note(w.journal, written); err != nil {
		return fmt.Errorf("writing the journal: %w", err)
	}
	return nil
}

// giveUp puts every file back and returns err, with a word on how that went.
func (w *writer) giveUp(err error) error {
	_, left, undoErr := w.undo()
	if undoErr == nil {
		undoErr = w.tidy()
	}
	switch {
	case undoErr != nil:
		// Not as an interruption: who reads that takes the files for unchanged.
		return fmt.Errorf("%v; and some files could not be put back: %v. The next run of flagdebt fix tries again", err, undoErr) //nolint:errorlint // see above
	case len(left) > 0:
		return fmt.Errorf("%v; every file was put back but what was changed meanwhile: %s", err, strings.Join(left, ", ")) //nolint:errorlint // see above
	case strings.Contains(err.Error(), "; nothing was written"):
		return err
	}
	return fmt.Errorf("%w; every file is as it was", err)
}

// undo puts the old texts back in their places. It goes by what it finds on the
// disk, so that it can go on where another one was killed. left are the files
// that hold neither the old text nor the new one; they stay as they are, with
// the old text beside them.
func (w *writer) undo() (back, left []string, err error) {
	var errs []error
	for _, t := range w.files {
		switch changed, is, err := w.restore(t); {
		case err != nil:
			errs = append(errs, fmt.Errorf("%s: %w", filepath.ToSlash(t.Path), err))
		case is:
			left = append(left, fmt.Sprintf("%s (its text from before is in %s)", filepath.ToSlash(t.Path), filepath.ToSlash(t.Old)))
		case changed:
			back = append(back, filepath.ToSlash(t.Path))
		}
	}
	return back, left, errors.Join(errs...)
}

// restore puts one file back, and reports whether it had to; strange says that
// the file was changed by somebody else.
func (w *writer) restore(t *target) (changed, strange bool, err error) {
	old, err := w.read(w.abs(t.Old))
	if errors.Is(err, fs.ErrNotExist) {
		return false, false, nil // it was not touched yet
	}
	if err != nil {
		return false, false, err
	}
	now, err := w.read(w.abs(t.Path))
	isGone := errors.Is(err, fs.ErrNotExist)
	switch {
	case err != nil && !isGone:
		return false, false, err
	case !isGone && digest(now) == digest(old):
		return false, false, w.remove(w.abs(t.Old)) // it was not touched yet
	case digest(old) != t.Before, isGone != (t.After == ""), !isGone && digest(now) != t.After:
		t.Old = "" // stays, for a person
		return false, true, nil
	}
	return true, false, w.rename(w.abs(t.Old), w.abs(t.Path))
}

// tidy removes everything that is ours.
func (w *writer) tidy() error {
	var errs []error
	for _, t := range w.files {
		for _, name := range []string{t.New, t.Old} {
			if name == "" {
				continue
			}
			if err := w.remove(w.abs(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				errs = append(errs, err)
			}
		}
		w.removeEmpty(filepath.Dir(t.Path), t)
	}
	if len(errs) > 0 {
		return errors.Join(errs...) // the journal stays, so that the next run tries again
	}
	return w.journal.remove()
}

// removeEmpty removes a folder that the deletion of t left without anything, and
// those above it.
func (w *writer) removeEmpty(dir string, t *target) {
	if t.After != "" {
		return
	}
	for ; dir != "."; dir = filepath.Dir(dir) {
		if err := os.Remove(w.abs(dir)); err != nil {
			return // something is in it
		}
	}
}

// Healed is what Heal did.
type Healed struct {
	Back []string // files that were put back as they were, relative to the root
	Left []string // files that somebody has changed since; they stay as they are
}

// Heal looks for what a run that was killed while it wrote has left below root,
// and puts its files back. It returns nil where there is nothing of that kind.
func Heal(ctx context.Context, root string) (*Healed, error) {
	root, err := filepath.EvalSymlinks(root)
	if err != nil {
		return nil, fmt.Errorf("looking for an unfinished run: %w", err)
	}
	j, err := openJournal(ctx, root, false)
	if err != nil || j == nil {
		return nil, err
	}
	defer j.Close()
	w := &writer{disk: osDisk{}, root: root, journal: j}
	isWritten := false
	if w.files, isWritten, err = j.load(); err != nil {
		return nil, err
	}
	h := &Healed{}
	if !isWritten {
		h.Back, h.Left, err = w.undo()
	}
	if err == nil {
		err = w.tidy()
	}
	if err != nil {
		return nil, fmt.Errorf("undoing what a run that was killed has left: %w. See %s", err, j.Name())
	}
	if len(h.Back)+len(h.Left) == 0 {
		return nil, nil
	}
	slices.SortFunc(h.Back, cmp.Compare)
	return h, nil
}
