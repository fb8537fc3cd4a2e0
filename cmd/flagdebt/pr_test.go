package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/flagdebt/flagdebt/internal/forge/forgetest"
)

// forges are the GitHubs of the stories, by their work folders.
var forges sync.Map

// scriptForge is the command "forge" of the stories:
//
//	forge start                     starts it; sets GITHUB_API_URL, GITHUB_TOKEN, $CLONE_URL and $FORGE_GIT
//	forge commit BRANCH WHO DIR     has somebody commit the files of DIR to a branch
//	                                (one that begins with BRANCH, where that ends in a star)
//	forge head BRANCH               prints the commit of a branch, named likewise
//	forge close|merge NUMBER WHO    has somebody close or merge a pull request
//	forge label NUMBER LABEL        has somebody label a pull request
//	forge forget                    forgets what was asked of it
//	forge quiet                     fails if anything was written since then
//	forge pulls                     prints the pull requests
//	forge body NUMBER               prints the body of one
func scriptForge(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: forge COMMAND")
	}
	if args[0] == "start" {
		startForge(ts)
		return
	}
	v, ok := forges.Load(ts.Getenv("WORK"))
	if !ok {
		ts.Fatalf("there is no forge: start it")
	}
	s := v.(*forgetest.Server)
	number := func() int {
		n, err := strconv.Atoi(args[1])
		ts.Check(err)
		return n
	}
	switch command := args[0] + "/" + strconv.Itoa(len(args)-1); command {
	case "commit/3":
		branch := args[1]
		if prefix, ok := strings.CutSuffix(branch, "*"); ok {
			branch = forgeBranch(ts, s, prefix)
		}
		s.Commit(branch, args[2], forgeFiles(ts, s, branch, ts.MkAbs(args[3])))
	case "head/1":
		fmt.Fprintln(ts.Stdout(), s.Head(forgeBranch(ts, s, strings.TrimSuffix(args[1], "*"))))
	case "close/2":
		s.ClosePull(number(), args[2])
	case "merge/2":
		s.Merge(number(), args[2])
	case "label/2":
		s.Change(number(), func(p *forgetest.Pull) { p.Labels = append(p.Labels, args[2]) })
	case "forget/0":
		s.Forget()
	case "quiet/0":
		if writes := s.Writes(); len(writes) > 0 {
			ts.Fatalf("written: %v", writes)
		}
	case "pulls/0":
		for _, p := range s.Pulls() {
			state := map[bool]string{true: "open", false: "closed"}[p.Open]
			fmt.Fprintf(ts.Stdout(), "#%d %s %s -> %s %v: %s\n", p.Number, state, p.Branch, p.Base, p.Labels, p.Title)
			if p.Draft {
				fmt.Fprintf(ts.Stdout(), "  draft, assigned %s, asked %s\n", strings.Join(p.Assignees, ", "), strings.Join(p.Reviewers, ", "))
			}
		}
	case "body/1":
		fmt.Fprint(ts.Stdout(), s.Pulls()[number()-1].Body)
	default:
		ts.Fatalf("forge knows no %s", command)
	}
}

// startForge starts a GitHub for one story.
func startForge(ts *testscript.TestScript) {
	s, err := forgetest.Start(filepath.Join(ts.Getenv("WORK"), ".forge"))
	ts.Check(err)
	forges.Store(ts.Getenv("WORK"), s)
	ts.Defer(func() {
		s.Close()
		forges.Delete(ts.Getenv("WORK"))
		if err := s.Leaked(); err != nil {
			ts.Logf("%v", err)
			panic(err)
		}
	})
	for name, value := range map[string]string{
		"GITHUB_API_URL": s.APIURL(), "GITHUB_TOKEN": s.Token, "CLONE_URL": s.CloneURL(), "FORGE_GIT": s.GitDir,
	} {
		ts.Setenv(name, value)
	}
}

// forgeBranch returns the first branch that begins so.
func forgeBranch(ts *testscript.TestScript, s *forgetest.Server, prefix string) string {
	for _, b := range s.Branches() {
		if strings.HasPrefix(b, prefix) {
			return b
		}
	}
	ts.Fatalf("no branch begins with %s", prefix)
	return ""
}

// forgeFiles returns what makes a branch hold the files of dir and no others.
func forgeFiles(ts *testscript.TestScript, s *forgetest.Server, branch, dir string) map[string]string {
	files := map[string]string{}
	if s.Head(branch) == "" {
		branch = "main"
	}
	for _, name := range strings.Fields(s.Git("ls-tree", "-r", "--name-only", branch)) {
		files[name] = forgetest.Gone
	}
	ts.Check(filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == ".git" {
				return filepath.SkipDir
			}
			return nil
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	}))
	return files
}
