package flow

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/flagdebt/flagdebt/internal/program"
)

// TestBroken makes sure that code which does not compile makes values unknown,
// and nothing else.
func TestBroken(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.26\n",
		"p.go": `package p

import "example.com/absent"

type missing struct{ on absent.Type }

func (m *missing) show() bool { return m.on.Is(1) }

func tooMany() bool { return true, 1, absent.X }

func noSuch() { var x undefined; x.y(1)(2) = 3 }

var a, b = absent.Pair()

func lit() { f := func(x absent.Type) bool { return x }; f(1, 2); go f; switch f := f.(type) {} }

func (x absent.Type) method() {}

func tooMany() bool { return false }

func fine() bool {
	x := true
	return x
}
`,
		"sound/s.go": "package sound\n\nfunc Sound() bool { return true }\n",
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	repo, err := program.Scan(dir, dir)
	if err != nil {
		t.Fatal(err)
	}
	prog, err := program.Load(t.Context(), repo, repo.Dirs, []program.Build{{}})
	if err != nil {
		t.Fatal(err)
	}
	if len(prog.Problems) == 0 {
		t.Fatal("it compiles")
	}
	e := Run(prog, prog.Packages, oracle{}, Mode{Symbolic: true}, nil).Again(oracle{"a": "true"}, Mode{})
	for _, f := range e.Functions() {
		if f.Obj == nil {
			continue
		}
		if got, want := show(e.Results(f), true), map[string]string{"fine": "(true)", "Sound": "(true)", "show": "(?)"}[f.Obj.Name()]; want != "" && got != want {
			t.Errorf("%s: got %s, want %s", f.Obj.Name(), got, want)
		}
	}
}
