package config

// This file reads the repository's own version out of one of its files.

import (
	"os"
	"strings"

	"github.com/flagdebt/flagdebt/internal/config/document"
	"github.com/flagdebt/flagdebt/registry"
)

// versionFrom says where the repository keeps its version.
type versionFrom struct {
	file string
	key  []string // the way through nested mappings; empty: the file is the version
}

// takeVersionFrom takes the place of the version, and reads it.
func (r *reader) takeVersionFrom(c *Config) func(document.Node) {
	return func(n document.Node) {
		var from versionFrom
		if !n.Fields(versionFromFields(&from)) {
			return
		}
		if from.file == "" {
			n.Errorf("no file: name the YAML or JSON file that holds the version")
			return
		}
		c.Version = from.read(n, r.folder)
	}
}

// versionFromFields describes the place of the version.
func versionFromFields(from *versionFrom) document.Fields {
	return document.Fields{
		"file": document.Text(&from.file),
		"key": func(n document.Node) {
			document.Texts(&from.key)(n)
			if !n.IsList() && len(from.key) == 1 {
				from.key = strings.Split(from.key[0], ".")
			}
		},
	}
}

// read returns the version; what is wrong is told at n.
func (from versionFrom) read(n document.Node, folder folder) registry.Version {
	data, err := os.ReadFile(folder.path(from.file))
	if err != nil {
		n.Errorf("reading the version of the repository: %v", err)
		return registry.Version{}
	}
	text := strings.TrimSpace(string(data))
	if len(from.key) > 0 {
		doc, err := document.Parse(data, folder.show(from.file))
		if err != nil {
			n.Errorf("reading the version of the repository: %v", err)
			return registry.Version{}
		}
		var missing string
		if text, missing = doc.Root().Find(from.key...); missing != "" {
			n.Errorf("reading the version of the repository: %s has no text at %q", from.file, missing)
			return registry.Version{}
		}
	}
	v, err := registry.ParseVersion(text)
	if err != nil {
		n.Errorf("reading the version of the repository from %s: %v", from.file, err)
	}
	return v
}
