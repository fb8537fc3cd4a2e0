// Package influxdb reads the registry files of feature flags in the manner of
// InfluxDB, from which its generator makes one Go function a flag:
//
//	# comments
//	- name: New Label Package
//	  description: Enables the refactored labels api
//	  key: newLabels
//	  default: false
//	  contact: Query Team
//	  lifetime: temporary
//	  expose: true
//
// The contact is the owner; a permanent lifetime makes a flag permanent, any other
// leaves it open until when it may stay. There are no days and no winners in such a
// file: who knows them writes them into a flags.yaml beside it.
package influxdb

import (
	"fmt"
	"os"
	"strings"

	"github.com/flagdebt/flagdebt/internal/config/document"
	"github.com/flagdebt/flagdebt/registry"
)

// Source is the flag system of the flags in such files.
const Source = "influxdb"

// Load reads a registry file; display is its name in positions. Its error, if
// any, tells all mistakes, a line each.
func Load(path, display string) (registry.Set, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return registry.Set{}, fmt.Errorf("reading registry %s: %w", display, err)
	}
	return Parse(data, display)
}

// Parse reads the text of a registry file; file is its name in positions. Its
// error, if any, tells all mistakes, a line each.
func Parse(data []byte, file string) (registry.Set, error) {
	doc, err := document.Parse(data, file)
	if err != nil {
		return registry.Set{}, err
	}
	set := registry.Set{Source: Source}
	seen := map[string]bool{}
	root := doc.Root()
	if root.IsMapping() { // one flag alone is no list
		root.Errorf("want a list of flags, found a mapping: is it of another form?")
	} else {
		root.Items(func(n document.Node) {
			f := registry.Flag{Origin: n.Pos()}
			if !n.Fields(fields(&f)) {
				return
			}
			switch {
			case f.ID.Key == "":
				n.Errorf("no key: name the flag as the code does")
			case seen[f.ID.Key]:
				n.Errorf("flag %q stands twice", f.ID.Key)
			}
			seen[f.ID.Key] = true
			set.Flags = append(set.Flags, f)
		})
	}
	return set, doc.Err()
}

// fields describes one flag. What is of use to the generator alone is read over.
func fields(f *registry.Flag) document.Fields {
	return document.Fields{
		"name":        func(document.Node) {},
		"description": document.Text(&f.Description),
		"key":         document.Text(&f.ID.Key),
		"default":     func(document.Node) {},
		"contact":     document.Text(&f.Owner),
		"lifetime": func(n document.Node) {
			text, _ := n.Text()
			f.Permanent = strings.EqualFold(text, "permanent")
		},
		"expose": func(document.Node) {},
	}
}

// Remove returns the text of a registry file without some flags, and without the
// comments directly above them; everything else stays as it is. A flag that is
// not there is an error.
func Remove(data []byte, keys ...string) ([]byte, error) {
	for _, key := range keys {
		doc, err := document.Parse(data, "")
		if err != nil {
			return nil, err
		}
		if data, err = doc.Root().WithoutItem("key", key); err != nil {
			return nil, err
		}
	}
	return data, nil
}
