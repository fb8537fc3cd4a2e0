package fixer

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// tree is a copy of the repository in which programs run.
type tree struct {
	dir     string
	changes []Change
	how     Proving
}

// newTree copies the repository at root, without its history and without what is
// no file, folder or link.
func newTree(root string, changes []Change, how Proving) (*tree, error) {
	dir, err := os.MkdirTemp("", "flagdebt-verify-")
	if err != nil {
		return nil, fmt.Errorf("copying the repository to check the change: %w", err)
	}
	if resolved, err := filepath.EvalSymlinks(dir); err == nil {
		dir = resolved
	}
	t := &tree{dir: dir, changes: changes, how: how}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil || rel == "." {
			return err
		}
		if d.Name() == ".git" || d.Name() == "node_modules" {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		return copyEntry(path, filepath.Join(dir, rel), d)
	})
	if err != nil {
		_ = t.remove() // the first error is the one to tell
		return nil, fmt.Errorf("copying the repository to check the change: %w", err)
	}
	return t, nil
}

// copyEntry copies a file, folder or link.
func copyEntry(from, to string, d fs.DirEntry) error {
	info, err := d.Info()
	if err != nil {
		return err
	}
	switch {
	case d.IsDir():
		return os.MkdirAll(to, info.Mode().Perm()|0o700)
	case d.Type()&fs.ModeSymlink != 0:
		target, err := os.Readlink(from)
		if err != nil {
			return err
		}
		return os.Symlink(target, to)
	case !d.Type().IsRegular():
		return nil
	}
	return copyFile(from, to, info.Mode().Perm())
}

func copyFile(from, to string, mode fs.FileMode) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // it was only read
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode|0o200)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		_ = out.Close() // the first error is the one to tell
		return err
	}
	return out.Close()
}

// set brings the files of the changes to how they are after them, or before.
func (t *tree) set(after bool) error {
	for _, c := range t.changes {
		path := filepath.Join(t.dir, filepath.FromSlash(c.File))
		data := c.Before
		if after {
			data = c.After
		}
		var err error
		if data == nil && after {
			err = os.Remove(path)
		} else {
			err = os.WriteFile(path, data, 0o600)
		}
		if err != nil && !os.IsNotExist(err) {
			return fmt.Errorf("changing the copy of the repository: %w", err)
		}
	}
	return nil
}

// remove deletes the copy.
func (t *tree) remove() error {
	_ = filepath.WalkDir(t.dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			_ = os.Chmod(path, 0o700) // tests may leave folders that cannot be emptied
		}
		return nil
	})
	if err := os.RemoveAll(t.dir); err != nil {
		return fmt.Errorf("removing the copy of the repository: %w", err)
	}
	return nil
}
