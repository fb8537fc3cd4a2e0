package analyzer_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/flagdebt/flagdebt/analyzer"
)

func TestZZBreak(t *testing.T) {
	files, _ := filepath.Glob("../testdata/shop/internal/*/*.go")
	rnd := rand.New(rand.NewPCG(5, 6))
	dir := t.TempDir()
	os.CopyFS(dir, os.DirFS("../testdata/shop"))
	for range 250 {
		f := files[rnd.IntN(len(files))]
		data, _ := os.ReadFile(f)
		rel, _ := filepath.Rel("../testdata/shop", f)
		text := string(data)
		what := ""
		switch rnd.IntN(3) {
		case 0:
			lines := strings.Split(text, "\n")
			n := rnd.IntN(len(lines))
			what = "without line " + fmt.Sprint(n+1) + lines[n]
			lines = append(lines[:n:n], lines[n+1:]...)
			text = strings.Join(lines, "\n")
		case 1:
			words := strings.SplitAfter(text, " ")
			n := rnd.IntN(len(words))
			what = "without word " + words[n]
			text = strings.Join(append(words[:n:n], words[n+1:]...), "")
		default:
			n, m := rnd.IntN(len(text)), 1+rnd.IntN(6)
			m = min(len(text), n+m)
			what = "without " + text[n:m]
			text = text[:n] + text[m:]
		}
		os.WriteFile(filepath.Join(dir, rel), []byte(text), 0o666)
		func() {
			defer func() {
				if r := recover(); r != nil {
					t.Errorf("%s %q: %v %s", rel, what, r, where(string(debug.Stack())))
				}
			}()
			d, err := analyzer.Load(analyzer.Settings{Dir: dir})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := d.Check(context.Background(), []string{"./..."}, nil); err != nil {
				t.Logf("%s %s: %v", rel, what, err)
			}
		}()
		os.WriteFile(filepath.Join(dir, rel), data, 0o666)
	}
}

func where(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, "panic(") {
			return lines[i+2] + lines[i+3]
		}
	}
	return s
}
