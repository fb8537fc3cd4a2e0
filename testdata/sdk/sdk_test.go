// Package sdk proves the rows of the catalogue on code that asks in each of their
// ways: in folder vendors of the real SDKs, in clusters of the real libraries of
// Kubernetes and others, in stubs of shapes written by ourselves, and in homemade by
// the rows of .flagdebt.yml.
package sdk

import (
	"bufio"
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/registry"
)

// idle names rows that nothing below proves, each with the reason.
var idle = map[string]string{
	"catalogue/kubernetes.yaml:18": "gates that a map literal registers are no Sites",
	"catalogue/kubernetes.yaml:19": "likewise",
	"catalogue/kubernetes.yaml:20": "likewise",
	"catalogue/kubernetes.yaml:21": "likewise",
}

// TestRows compares the Sites of every line with what its comment wants, and names
// each row of the catalogue that matches none.
func TestRows(t *testing.T) {
	found := find(t)
	for _, p := range found.Problems {
		t.Errorf("%s: %s", p.Package, p.Message)
	}
	got, want := told(found), wanted(t)
	for _, place := range union(got, want) {
		if got[place] != want[place] {
			t.Errorf("%s:\n  got  %s\n  want %s", place, got[place], want[place])
		}
	}
	unproven := map[string]bool{}
	for _, r := range found.Idle() {
		place := fmt.Sprintf("%s:%d", r.Pos.File, r.Pos.Line)
		unproven[place] = true
		if idle[place] == "" {
			t.Errorf("%s: no code of testdata/sdk asks in the way of this row of %s", place, r.Provider)
		}
	}
	for place := range idle {
		if !unproven[place] {
			t.Errorf("%s: the row is proven now: take it out of idle", place)
		}
	}
}

// find looks at all modules below this folder.
func find(t *testing.T) *analyzer.Found {
	t.Helper()
	d, err := analyzer.Load(analyzer.Settings{Dir: ".", NoRegistry: true})
	if err != nil {
		t.Fatal(err)
	}
	found, _, _, err := d.Find(t.Context(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// told words the Sites of each line: "vendors/split.go:8" -> "read:one=control".
func told(found *analyzer.Found) map[string]string {
	opaque := opaquePlaces(found)
	lines := map[string][]string{}
	for _, s := range found.Sites {
		place := fmt.Sprintf("%s:%d", below(s.Pos.File), s.Pos.Line)
		key := s.Flag.Key
		switch {
		case s.Role == analyzer.RoleBulk:
			key = "*"
		case s.KeyKind != analyzer.KeyConstant:
			key = "?"
		}
		text := string(s.Role) + ":" + key
		if opaque[s.Pos] {
			text += "~"
		}
		if !s.Default.IsZero() {
			text += "=" + s.Default.Text()
		}
		lines[place] = append(lines[place], text)
	}
	out := map[string]string{}
	for place, list := range lines {
		out[place] = strings.Join(list, " ")
	}
	return out
}

// opaquePlaces returns where expressions begin that ask for a flag and yield nothing
// that can be followed.
func opaquePlaces(found *analyzer.Found) map[registry.Position]bool {
	out := map[registry.Position]bool{}
	for _, fn := range found.Engine.Functions() {
		for x, asked := range found.Engine.Trace(fn).Asked {
			if _, known := flow.Text(asked.Key); known && !asked.Ask.Declare && asked.Ask.Carrier != flow.CarrierObject {
				v := flow.Answer(found.Engine.Value(fn.Pkg, x), asked.Ask)
				out[found.Prog.Position(x.Pos())] = !flow.HandsOn(v)
			}
		}
	}
	return out
}

// wanted reads the comments of all Go files below this folder.
func wanted(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || path == "sdk_test.go" {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		for n := 1; lines.Scan(); n++ {
			if _, text, ok := strings.Cut(lines.Text(), "// want "); ok && !strings.HasPrefix(lines.Text(), "//") {
				out[fmt.Sprintf("%s:%d", filepath.ToSlash(path), n)] = strings.TrimSpace(text)
			}
		}
		return lines.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// below returns a path of the repository as seen from this folder.
func below(file string) string {
	_, rest, ok := strings.Cut(file, "testdata/sdk/")
	return cmp.Or(map[bool]string{true: rest}[ok], file)
}

// union returns the keys of both maps, sorted.
func union(a, b map[string]string) []string {
	var out []string
	for _, m := range []map[string]string{a, b} {
		for k := range m {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
