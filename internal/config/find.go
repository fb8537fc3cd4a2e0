package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// FileName is the name of the configuration file.
const FileName = ".flagdebt.yml"

// Find looks for the configuration file from dir upwards to the root of the
// repository, and returns both, absolute; path is "" where there is none. The
// root is the nearest folder that holds .git; else the outermost one that holds
// go.work or go.mod; else dir itself.
func Find(dir string) (path, root string, err error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", "", fmt.Errorf("looking for %s: %w", FileName, err)
	}
	root = findRoot(abs)
	for d := abs; ; d = filepath.Dir(d) {
		if path := filepath.Join(d, FileName); exists(path) {
			return path, root, nil
		}
		if other := filepath.Join(d, ".flagdebt.yaml"); exists(other) {
			return "", root, fmt.Errorf("%s: the configuration file is named %s: rename it", other, FileName)
		}
		if d == root || d == filepath.Dir(d) {
			return "", root, nil
		}
	}
}

// findRoot returns the root of the repository that dir, absolute, lies in.
func findRoot(dir string) string {
	root := dir
	for d := dir; ; d = filepath.Dir(d) {
		if exists(filepath.Join(d, ".git")) {
			return d
		}
		if exists(filepath.Join(d, "go.work")) || exists(filepath.Join(d, "go.mod")) {
			root = d
		}
		if d == filepath.Dir(d) {
			return root
		}
	}
}

// exists reports whether there is a file or folder of that name.
func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// folder resolves the paths in a configuration file.
type folder struct {
	root string // of the repository, absolute
	dir  string // of the file, absolute
}

// path returns a path of the file as an absolute one.
func (f folder) path(name string) string {
	if name = filepath.FromSlash(name); filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(f.dir, name)
}

// show returns a path of the file relative to the root, with slashes; one that
// lies outside stays absolute.
func (f folder) show(name string) string {
	path := f.path(name)
	rel, err := filepath.Rel(f.root, path)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return filepath.ToSlash(path)
	}
	return filepath.ToSlash(rel)
}
