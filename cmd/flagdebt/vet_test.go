package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

// TestVet runs the stories of testdata/script/vet, in which the go command runs
// this very binary as its vet tool, $FLAGDEBT. They are told as those of
// TestScript. Each has a build cache of its own, so that all that is in it comes
// from the story; so the code in them imports next to nothing. There is one more
// command:
//
//	proxy DIR   makes module proxies of the folders "path@version" in DIR
func TestVet(t *testing.T) {
	env := scriptEnv(t)
	self, err := exec.LookPath("flagdebt")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(repoRoot(t), "testdata", "script", "vet"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Vars = append(e.Vars, env...)
			e.Setenv("FLAGDEBT", self)
			e.Setenv("GOCACHE", filepath.Join(e.WorkDir, ".cache"))
			e.Setenv("GOFLAGS", "")
			e.Setenv("GOWORK", "")
			e.Setenv("TMPDIR", filepath.Join(e.WorkDir, ".tmp"))
			return os.MkdirAll(filepath.Join(e.WorkDir, ".tmp"), 0o777)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": scriptExits,
			"proxy": scriptProxy,
		},
	})
}

// scriptProxy zips modules the way a module proxy keeps them.
func scriptProxy(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: proxy DIR")
	}
	root := ts.MkAbs(args[0])
	ts.Check(filepath.WalkDir(root, func(dir string, entry os.DirEntry, err error) error {
		path, version, ok := strings.Cut(dir, "@")
		if err != nil || !ok || !entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if err := zipModule(filepath.Join(path, "@v"), dir, module.Version{Path: filepath.ToSlash(name), Version: version}); err != nil {
			return err
		}
		return filepath.SkipDir
	}))
}

// zipModule writes to the folder to what a proxy knows of the module in dir.
func zipModule(to, dir string, m module.Version) error {
	if err := os.MkdirAll(to, 0o777); err != nil {
		return err
	}
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return err
	}
	for name, text := range map[string]string{
		"list":              m.Version + "\n",
		m.Version + ".mod":  string(mod),
		m.Version + ".info": fmt.Sprintf("{%q: %q}", "Version", m.Version),
	} {
		if err := os.WriteFile(filepath.Join(to, name), []byte(text), 0o666); err != nil {
			return err
		}
	}
	f, err := os.Create(filepath.Join(to, m.Version+".zip"))
	if err != nil {
		return err
	}
	if err := zip.CreateFromDir(f, m, dir); err != nil {
		return err
	}
	return f.Close()
}
