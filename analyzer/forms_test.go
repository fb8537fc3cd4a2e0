package analyzer

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// TestForms looks for Sites in the stories of testdata/forms. A comment says what
// is asked on its line, by how the key is known and what it is:
//
//	on := sdk.On("new")   // asks new
//	return sdk.On(key)    // asks (forwarded)
//	return c.asker.On(k)  // asks (dynamic)
//	return c.Enabled()    // asks program new
//
// Where it says "program", only who sees the whole program can tell: all others
// must be found package by package, too, and these not. Lines without such a
// comment ask for nothing.
func TestForms(t *testing.T) {
	stories, err := filepath.Glob(filepath.Join(testData(t), "forms", "*.txtar"))
	if err != nil || len(stories) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, story := range stories {
		t.Run(strings.TrimSuffix(filepath.Base(story), ".txtar"), func(t *testing.T) {
			dir := unpack(t, story)
			if app := filepath.Join(dir, "app", "go.mod"); isFile(app) { // the rest lies outside of the repository
				dir = filepath.Dir(app)
			}
			d := loadIn(t, dir, "2026-11-21")
			whole, local := wantedForms(t, dir)
			checked, err := d.Check(t.Context(), []string{"./..."}, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range checked.Problems {
				t.Errorf("%s: %s", p.Pos, p.Message)
			}
			compareForms(t, "of the whole", whole, formsOf(checked.Sites))
			alone := formsOf(sitesByPackage(t, d, dir))
			for form := range whole {
				line, _, _ := strings.Cut(form, " ")
				if unknown := line + " (dynamic)"; !local[form] && !whole[unknown] {
					delete(alone, unknown) // that much can be told
				}
			}
			compareForms(t, "package by package", local, alone)
		})
	}
}

// asks is the comment that says what is asked on a line.
var asks = regexp.MustCompile(`// asks (.*)$`)

// wantedForms reads the comments: what is to be found in the whole, and what
// package by package.
func wantedForms(t *testing.T, dir string) (whole, local map[string]bool) {
	t.Helper()
	whole, local = map[string]bool{}, map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		for i, line := range strings.Split(string(data), "\n") {
			m := asks.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			program := false
			for _, word := range strings.Fields(m[1]) {
				if word == "program" {
					program = true
					continue
				}
				form := fmt.Sprintf("%s:%d: %s", filepath.ToSlash(rel), i+1, word)
				whole[form] = true
				if !program {
					local[form] = true
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return whole, local
}

// formsOf words Sites as the comments do.
func formsOf(sites []Site) map[string]bool {
	forms := map[string]bool{}
	for _, s := range sites {
		word := s.Flag.Key
		if s.KeyKind != KeyConstant {
			word = "(" + string(s.KeyKind) + ")"
		}
		forms[fmt.Sprintf("%s:%d: %s", s.Pos.File, s.Pos.Line, word)] = true
	}
	return forms
}

func compareForms(t *testing.T, how string, want, got map[string]bool) {
	t.Helper()
	for _, form := range slices.Sorted(maps.Keys(want)) {
		if !got[form] {
			t.Errorf("not found %s: %s", how, form)
		}
	}
	for _, form := range slices.Sorted(maps.Keys(got)) {
		if !want[form] {
			t.Errorf("found %s: %s", how, form)
		}
	}
}

// sitesByPackage returns the Sites that are found one package after the other, with
// facts.
func sitesByPackage(t *testing.T, d *Driver, dir string) []Site {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: dir, Tests: true}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	packages.Visit(pkgs, nil, func(p *packages.Package) { // the standard library hands nothing on
		maps.DeleteFunc(p.Imports, func(_ string, q *packages.Package) bool { return q.Module == nil })
	})
	graph, err := checker.Analyze([]*analysis.Analyzer{d.findAnalyzer()}, pkgs, &checker.Options{SanityCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	var sites []Site
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Errorf("%s: %v", act, act.Err)
			continue
		}
		for _, s := range act.Result.(*Found).Sites {
			if strings.HasPrefix(s.Pos.File, "..") || !strings.HasPrefix(s.Pos.File, filepath.ToSlash(dir)) && filepath.IsAbs(s.Pos.File) {
				continue
			}
			s.Pos.File = strings.TrimPrefix(s.Pos.File, filepath.ToSlash(dir)+"/")
			sites = append(sites, s)
		}
	}
	return sites
}
