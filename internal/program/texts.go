package program

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
)

// maxText is the size, in bytes, from which a file is data, not text.
const maxText = 1 << 20

// Texts calls visit for the text files of the repository that are not Go, with
// their absolute paths. Folders that hold what others wrote are left out, and so is
// what cannot be read.
func (r *Repository) Texts(visit func(path string, data []byte)) {
	_ = filepath.WalkDir(r.Base, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil //nolint:nilerr // it is left out
		case d.IsDir():
			if path != r.Base && IsForeign(path) {
				return fs.SkipDir
			}
			return nil
		case !d.Type().IsRegular() || filepath.Ext(path) == ".go":
			return nil
		}
		if info, err := d.Info(); err != nil || info.Size() > maxText {
			return nil //nolint:nilerr // likewise
		}
		if data, err := os.ReadFile(path); err == nil && bytes.IndexByte(data[:min(len(data), 8000)], 0) < 0 {
			visit(path, data)
		}
		return nil
	})
}

// IsForeign reports whether the folder at an absolute path holds what others wrote:
// copies of their code, or a repository of its own.
func IsForeign(path string) bool {
	switch filepath.Base(path) {
	case ".git", "node_modules", "vendor", "third_party":
		return true
	}
	_, err := os.Lstat(filepath.Join(path, ".git"))
	return err == nil
}
