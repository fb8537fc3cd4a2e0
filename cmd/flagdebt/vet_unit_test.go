package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/flagdebt/flagdebt/analyzer"
)

// TestIsVetTool checks that no command line of a person is taken for the go
// command's.
func TestIsVetTool(t *testing.T) {
	for line, want := range map[string]bool{
		"-V=full":                      true,
		"-flags":                       true,
		"/tmp/b001/vet.cfg":            true,
		"-json /tmp/b001/vet.cfg":      true,
		"-fix -diff /tmp/b001/vet.cfg": true,
		"-tags slow /tmp/b001/vet.cfg": true,
		"":                             false,
		"-C dir":                       false,
		"vet ./...":                    false,
		"vet -- -V=full":               false,
		"check odd.cfg":                false,
		"-C dir --config odd.cfg":      false,
	} {
		if got := isVetTool(strings.Fields(line)); got != want {
			t.Errorf("flagdebt %s: got %t", line, got)
		}
	}
}

// TestToldIn checks of which packages that nobody asked for findings are told, under
// the go command of before and after Go 1.27.
func TestToldIn(t *testing.T) {
	root := t.TempDir()
	d := &analyzer.Driver{Base: root}
	files := map[string]string{
		"tests/a_test.go":     "package tests",
		"outside/a_test.go":   "package outside_test",
		"left/_a_test.go":     "package left",
		"tagged/slow_test.go": "//go:build slow\n\npackage tagged",
	}
	for name, text := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name, text string
		want       bool
	}{
		{"main module", `{"ModulePath": "m", "Dir": "/elsewhere"}`, true},
		{"main module, 1.27", `{"ModulePath": "m", "ModuleVersion": "v1.0.0", "Module": {"Path": "m", "Main": true}, "Dir": "/elsewhere"}`, true},
		{"other module", `{"ModulePath": "m", "ModuleVersion": "v1.0.0", "Dir": "/elsewhere"}`, false},
		{"other module, 1.27", `{"ModulePath": "m", "Module": {"Path": "m"}, "Dir": "/elsewhere"}`, false},
		{"standard library", `{"Dir": "/elsewhere"}`, false},
		{"module beside", `{"ModulePath": "m", "ModuleVersion": "v0.0.0", "Dir": "$ROOT/beside"}`, true},
		{"module cache in the repository", `{"ModulePath": "m", "ModuleVersion": "v1.0.0", "Dir": "$ROOT/cache/m@v1.0.0/a"}`, false},
		{"vendor folder", `{"ModulePath": "m", "ModuleVersion": "v1.0.0", "Dir": "$ROOT/vendor/m"}`, false},
		{"with tests", `{"ModulePath": "m", "Dir": "$ROOT/tests"}`, false},
		{"with tests of the package outside", `{"ModulePath": "m", "Dir": "$ROOT/outside"}`, true},
		{"with a test that is left out", `{"ModulePath": "m", "Dir": "$ROOT/left"}`, true},
		{"with a test for a tag", `{"ModulePath": "m", "Dir": "$ROOT/tagged", "IgnoredFiles": ["$ROOT/tagged/slow_test.go"]}`, true},
		{"with a test for a tag that is set", `{"ModulePath": "m", "Dir": "$ROOT/tagged"}`, false},
		{"recompiled for a test", `{"ModulePath": "m", "ID": "m [n.test]", "Dir": "/elsewhere"}`, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := strings.ReplaceAll(test.text, "$ROOT", filepath.ToSlash(root))
			text = `{"VetxOnly": true, "GoFiles": ["a.go"], "SomethingNew": [1], ` + text[1:]
			file := filepath.Join(t.TempDir(), "vet.cfg")
			if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
			u, err := readUnit(file)
			if err != nil {
				t.Fatal(err)
			}
			told, err := u.toldIn(d, file)
			if err != nil {
				t.Fatal(err)
			}
			if (told != file) != test.want {
				t.Errorf("judged by %s", told)
			}
			wantTold(t, told, !test.want)
		})
	}
}

// wantTold checks what the description of a package says, whose other parts must be
// those of the go command.
func wantTold(t *testing.T, file string, vetxOnly bool) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var u struct {
		VetxOnly     bool
		GoFiles      []string
		SomethingNew []int
	}
	if err := json.Unmarshal(data, &u); err != nil {
		t.Fatal(err)
	}
	if u.VetxOnly != vetxOnly || len(u.GoFiles) != 1 || len(u.SomethingNew) != 1 {
		t.Errorf("got %+v", u)
	}
}
