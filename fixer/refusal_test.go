package fixer_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/flagdebt/flagdebt/fixer"
)

// TestReasons names the reasons that no story has, that doc.go does not explain,
// or for which nothing says what to do next. One comes of nothing but the
// fixer's own mistakes, and one of running the tests (testdata/script/fix_verify.txtar).
func TestReasons(t *testing.T) {
	t.Parallel()
	told := storiesRefusals(t)
	doc := parseFile(t, "doc.go").Doc.Text()
	for name, reason := range reasons(t) {
		if !told[reason] && reason != string(fixer.ReasonInternal) && reason != string(fixer.ReasonProof) {
			t.Errorf("no story of testdata/fix is refused for %q", reason)
		}
		if _, list, _ := strings.Cut(doc, "# Refusals"); !strings.Contains(list, reason) {
			t.Errorf("doc.go does not say what %q means", reason)
		}
		if fixer.Next(fixer.Reason(reason)) == "" {
			t.Errorf("%s: nothing says what to do next", name)
		}
	}
}

// reasons returns the reasons that refusal.go declares, by name.
func reasons(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	ast.Inspect(parseFile(t, "refusal.go"), func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if id, ok := spec.Type.(*ast.Ident); ok && id.Name == "Reason" {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			out[spec.Names[0].Name] = text
		}
		return true
	})
	if len(out) == 0 {
		t.Fatal("no reasons")
	}
	return out
}

func parseFile(t *testing.T, name string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// storiesRefusals returns the reasons for which stories are refused: those of
// testdata/fix, and the scripts, whose wanted outputs end lines with them.
func storiesRefusals(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, pattern := range []string{"../testdata/fix/*.txtar", "../testdata/script/*.txtar"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(data)) {
				if _, rest, ok := strings.Cut(line, `cannot remove flag "`); ok {
					_, rest, _ = strings.Cut(rest, `": `)
					line, _, _ = strings.Cut(rest, ": ")
				}
				out[strings.TrimSpace(line[strings.LastIndex(line, "  ")+1:])] = true
			}
		}
	}
	return out
}
