package fixer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// This file writes changes into the user's tree. No other place does.
//
// It is all or nothing. Beside each file first come its new text and a second
// name for the old one; then the files change places, one by one. Whatever stops
// that half-way has them all change back: an error, a full disk, the end of the
// context. A process that is killed leaves its journal behind, by which Heal
// does the same later (apply_heal.go).

// Write makes the changes in the files below root, and nowhere else: all of
// them, or none. A file that is not as its Change says it was is an error. Modes
// are kept; of a symbolic link the target is written. Folders that a deletion
// empties go too.
func Write(ctx context.Context, root string, changes []Change) error {
	return write(ctx, osDisk{}, root, changes)
}

func write(ctx context.Context, d disk, root string, changes []Change) error {
	changes = slices.DeleteFunc(slices.Clone(changes), func(c Change) bool {
		return c.After != nil && bytes.Equal(c.Before, c.After)
	})
	if len(changes) == 0 {
		return nil
	}
	w := &writer{disk: d}
	err := w.open(ctx, root)
	if err == nil {
		defer w.journal.Close()
		if err = w.write(ctx, changes); err != nil {
			return w.giveUp(err)
		}
		// The changes stand. What cannot be tidied up now, Heal will.
		_ = w.tidy()
		return nil
	}
	return fmt.Errorf("writing the changes: %w. Nothing was written", err)
}

// writer writes one set of changes.
type writer struct {
	disk
	root    string // without symbolic links
	journal *journal
	mark    string // tells our files from those of other runs
	files   []*target
}

// target is one file to write.
type target struct {
	path, new, old string // where it lies, where the new text waits, where the old one does; absolute
	before, after  string // digests of the texts; after is "" where the file goes
	mode           fs.FileMode
	change         Change
	isSwapped      bool // or may be
}

// open takes hold of the tree, so that no other run writes at the same time.
func (w *writer) open(ctx context.Context, root string) (err error) {
	if w.root, err = filepath.EvalSymlinks(root); err != nil {
		return err
	}
	if w.journal, err = openJournal(ctx, w.root, true); err != nil {
		return err
	}
	if !w.journal.isEmpty() {
		return errors.Join(errors.New("another run was killed meanwhile, while it wrote: run the command again"), w.journal.Close())
	}
	w.mark = newMark()
	return nil
}

// write does all that can go wrong.
func (w *writer) write(ctx context.Context, changes []Change) error {
	for _, c := range changes {
		if err := w.add(c); err != nil {
			return fmt.Errorf("%s: %w", c.File, err)
		}
	}
	if err := w.note(w.journal, w.header()); err != nil {
		return fmt.Errorf("the journal: %w", err)
	}
	for _, step := range []func(*target) error{w.stage, w.swap} {
		for _, t := range w.files {
			if err := context.Cause(ctx); err != nil {
				return err
			}
			if err := step(t); err != nil {
				return fmt.Errorf("%s: %w", t.change.File, err)
			}
		}
	}
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if err := w.note(w.journal, written); err != nil {
		return fmt.Errorf("the journal: %w", err)
	}
	return nil
}

// add takes a change in, if it can be made.
func (w *writer) add(c Change) error {
	path, err := resolve(c)
	if err != nil {
		return err
	}
	rel, err := filepath.Rel(w.root, path)
	switch {
	case err != nil || !filepath.IsLocal(rel):
		return fmt.Errorf("it lies outside of %s: change it by hand", w.root)
	case slices.ContainsFunc(w.files, func(t *target) bool { return t.path == path }):
		return errors.New("it is changed twice, by two names")
	}
	t := newTarget(path, w.mark, digest(c.Before), "")
	if c.After != nil {
		t.after = digest(c.After)
	}
	t.change = c
	w.files = append(w.files, t)
	return w.mustBeUnchanged(t)
}

// resolve returns where a file really lies. A link that is deleted is deleted
// itself.
func resolve(c Change) (string, error) {
	if c.After != nil {
		return filepath.EvalSymlinks(c.Path)
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(c.Path))
	return filepath.Join(dir, filepath.Base(c.Path)), err
}

// newTarget returns the target at a path. The go command overlooks the files
// beside it, for their point and their ending.
func newTarget(path, mark, before, after string) *target {
	ours := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".flagdebt-"+mark)
	return &target{path: path, new: ours + "-new", old: ours + "-old", before: before, after: after}
}

// mustBeUnchanged returns an error where a file is not as it was when it was
// read.
func (w *writer) mustBeUnchanged(t *target) error {
	data, err := w.read(t.path)
	if err != nil {
		return err
	}
	if !bytes.Equal(data, t.change.Before) {
		return errors.New("it was changed meanwhile: run the command again")
	}
	info, err := os.Stat(t.path)
	if err == nil {
		t.mode = info.Mode().Perm()
	}
	return err
}

// stage lays out what takes room on the disk. The file itself stays as it is.
func (w *writer) stage(t *target) error {
	if t.after == "" {
		return nil
	}
	if err := w.create(t.new, t.change.After, t.mode); err != nil {
		return err
	}
	if err := w.link(t.path, t.old); err != nil {
		// Some file systems have no second names.
		return w.create(t.old, t.change.Before, t.mode)
	}
	return nil
}

// swap puts the new text in its place.
func (w *writer) swap(t *target) error {
	if err := w.mustBeUnchanged(t); err != nil {
		return err
	}
	t.isSwapped = true
	if t.after == "" {
		return w.rename(t.path, t.old)
	}
	return w.rename(t.new, t.path)
}

// giveUp puts every file back and returns err, with a word on how that went.
func (w *writer) giveUp(err error) error {
	w.files = slices.DeleteFunc(w.files, func(t *target) bool {
		// Where nothing was begun, somebody else may have changed the file.
		return !t.isSwapped && w.tidyOne(t) == nil
	})
	_, left, undoErr := w.undo()
	if undoErr == nil {
		undoErr = w.tidy()
	}
	// %v hides an interruption, of which one would think that it changed nothing.
	switch {
	case undoErr != nil:
		return fmt.Errorf("writing the changes: %v. Putting the files back: %v. The next run of flagdebt fix tries again", err, undoErr) //nolint:errorlint // see above
	case len(left) > 0:
		return fmt.Errorf("writing the changes: %v. Every file is as it was but what somebody changed meanwhile: %s", err, list(left)) //nolint:errorlint // see above
	}
	return fmt.Errorf("writing the changes: %w. Every file is as it was", err)
}

// tidy removes everything that is ours, the journal last: where that fails, the
// next run tries again.
func (w *writer) tidy() error {
	var errs []error
	for _, t := range w.files {
		errs = append(errs, w.tidyOne(t))
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for _, t := range w.files {
		if t.after == "" {
			w.removeEmpty(filepath.Dir(t.path))
		}
	}
	return w.drop()
}

// tidyOne removes what lies beside a file.
func (w *writer) tidyOne(t *target) error {
	for _, name := range []string{t.new, t.old} {
		if name == "" {
			continue
		}
		if err := w.remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// removeEmpty removes a folder below the root if nothing is in it, and likewise
// those above.
func (w *writer) removeEmpty(dir string) {
	for ; dir != w.root; dir = filepath.Dir(dir) {
		if err := w.remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return // something is in it
		}
	}
}
