// This file is the git side: the bare repository, and its smart HTTP server.

package forgetest

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/cgi"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Gone is the content of a file that a commit deletes.
const Gone = "\x00gone"

// initialise makes the bare repository, with one commit on main.
func (s *Server) initialise(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if _, err := s.git(nil, "", "init", "--quiet", "--bare", "--initial-branch=main", s.GitDir); err != nil {
		return err
	}
	for _, setting := range []string{"http.receivepack=true", "gc.auto=0", "receive.autogc=false"} {
		name, value, _ := strings.Cut(setting, "=")
		if _, err := s.git(nil, "", "--git-dir", s.GitDir, "config", name, value); err != nil {
			return err
		}
	}
	_, err := s.TryCommit("main", "ann", map[string]string{"README.md": "# shop\n"})
	return err
}

// Commit puts a commit on a branch, as somebody who is not flagdebt would, and
// returns its name. A branch that does not exist starts at main. It panics
// where git fails.
func (s *Server) Commit(branch, by string, files map[string]string) string {
	sha, err := s.TryCommit(branch, by, files)
	if err != nil {
		panic(err)
	}
	s.sync()
	return sha
}

// TryCommit is Commit with an error, and without a look at pull requests.
func (s *Server) TryCommit(branch, by string, files map[string]string) (string, error) {
	s.mu.Lock()
	s.commits++
	date := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC).Add(time.Duration(s.commits) * time.Hour).Format(time.RFC3339)
	s.mu.Unlock()
	dir, err := os.MkdirTemp("", "forgetest-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	env := []string{
		"GIT_DIR=" + s.GitDir, "GIT_INDEX_FILE=" + filepath.Join(dir, "index"),
		"GIT_AUTHOR_NAME=" + by, "GIT_AUTHOR_EMAIL=" + by + "@example.com", "GIT_AUTHOR_DATE=" + date,
		"GIT_COMMITTER_NAME=" + by, "GIT_COMMITTER_EMAIL=" + by + "@example.com", "GIT_COMMITTER_DATE=" + date,
	}
	parent := s.Head(branch)
	if parent == "" {
		parent = s.Head("main")
	}
	commit := []string{"commit-tree", "-m", "Work of " + by}
	if parent != "" {
		commit = append(commit, "-p", parent)
		if _, err := s.git(env, "", "read-tree", parent); err != nil {
			return "", err
		}
	}
	tree, err := s.tree(env, files)
	if err != nil {
		return "", err
	}
	sha, err := s.git(env, "", append(commit, tree)...)
	if err != nil {
		return "", err
	}
	_, err = s.git(env, "", "update-ref", "refs/heads/"+branch, sha)
	return sha, err
}

// tree writes the files into the index and returns its tree.
func (s *Server) tree(env []string, files map[string]string) (string, error) {
	var info bytes.Buffer
	for name, text := range files {
		if text == Gone {
			fmt.Fprintf(&info, "0 %040d\t%s\n", 0, name)
			continue
		}
		blob, err := s.git(env, text, "hash-object", "-w", "--stdin")
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&info, "100644 %s\t%s\n", blob, name)
	}
	if _, err := s.git(env, info.String(), "update-index", "--index-info"); err != nil {
		return "", err
	}
	return s.git(env, "", "write-tree")
}

// Head returns the commit at the head of a branch, "" where there is none.
func (s *Server) Head(branch string) string {
	sha, err := s.git(nil, "", "--git-dir", s.GitDir, "rev-parse", "--verify", "--quiet", "refs/heads/"+branch)
	if err != nil {
		return ""
	}
	return sha
}

// Git runs git on the bare repository and returns what it prints. It panics
// where git fails.
func (s *Server) Git(args ...string) string {
	out, err := s.git(nil, "", append([]string{"--git-dir", s.GitDir}, args...)...)
	if err != nil {
		panic(err)
	}
	return out
}

// Branches returns the names of all branches.
func (s *Server) Branches() []string {
	return strings.Fields(s.Git("for-each-ref", "--format=%(refname:strip=2)", "refs/heads/"))
}

// DeleteBranch deletes a branch, as somebody would on the web.
func (s *Server) DeleteBranch(branch string) {
	s.Git("update-ref", "-d", "refs/heads/"+branch)
	s.sync()
}

// Rename gives the repository another name; the old one redirects.
func (s *Server) Rename(owner, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.oldNames = append(s.oldNames, s.Owner+"/"+s.Name)
	s.Owner, s.Name = owner, name
}

func (s *Server) git(env []string, stdin string, args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=/nonexistent", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1"}, env...)
	cmd.Stdin = strings.NewReader(stdin)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w: %s", strings.Join(args, " "), err, complaint.String())
	}
	return strings.TrimSpace(string(out)), nil
}

// gitHandler serves the repository to git, by http-backend.
func (s *Server) gitHandler(root string) (http.Handler, error) {
	where, err := s.git(nil, "", "--exec-path")
	if err != nil {
		return nil, err
	}
	backend := &cgi.Handler{
		Path: filepath.Join(where, "git-http-backend"), Root: "/",
		Env: []string{
			"GIT_PROJECT_ROOT=" + root, "GIT_HTTP_EXPORT_ALL=1", "REMOTE_USER=" + s.Login,
			"HOME=/nonexistent", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1", "PATH=" + os.Getenv("PATH"),
		},
		InheritEnv: []string{"TMPDIR"},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) { s.serveGit(backend, w, req) }), nil
}

// serveGit checks name and password, and hands on to the backend.
func (s *Server) serveGit(backend http.Handler, w http.ResponseWriter, req *http.Request) {
	parts := strings.SplitN(strings.TrimPrefix(req.URL.Path, "/"), "/", 3)
	if len(parts) < 3 {
		http.NotFound(w, req)
		return
	}
	full := parts[0] + "/" + strings.TrimSuffix(parts[1], ".git")
	moved, known := s.whereIs(full)
	isPush := parts[2] == "git-receive-pack" || req.URL.Query().Get("service") == "git-receive-pack"
	user, password, _ := req.BasicAuth()
	switch {
	case !known:
		http.NotFound(w, req)
	case moved != "":
		http.Redirect(w, req, "/"+moved+".git/"+parts[2]+"?"+req.URL.RawQuery, http.StatusMovedPermanently)
	case len(req.Header.Values("Authorization")) > 1:
		http.Error(w, "Duplicate header: \"Authorization\"", http.StatusBadRequest)
	case user != "x-access-token" || password != s.Token:
		w.Header().Set("WWW-Authenticate", `Basic realm="GitHub"`)
		http.Error(w, "Invalid username or token.", http.StatusUnauthorized)
	case isPush && s.isReadOnly():
		http.Error(w, "Permission to "+full+".git denied to "+s.Login+".", http.StatusForbidden)
	default:
		inner := req.Clone(req.Context())
		inner.URL.Path = "/" + filepath.Base(s.GitDir) + "/" + parts[2]
		inner.Header.Del("Authorization")
		backend.ServeHTTP(w, inner)
		if isPush {
			s.sync()
		}
	}
}

// SetReadOnly says whether the token may not push.
func (s *Server) SetReadOnly(readOnly bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.readOnly = readOnly
}

func (s *Server) isReadOnly() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.readOnly
}

// whereIs reports whether the repository is known by that name, and where it
// moved since.
func (s *Server) whereIs(full string) (moved string, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Owner + "/" + s.Name
	if strings.EqualFold(full, now) {
		return "", true
	}
	for _, old := range s.oldNames {
		if strings.EqualFold(full, old) {
			return now, true
		}
	}
	return "", false
}
