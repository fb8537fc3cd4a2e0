// This file is the pull requests: what they are, and when they close.

package forgetest

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// Pull is a pull request.
type Pull struct {
	Number       int
	Title, Body  string
	Branch, Base string
	Head         string // the commit, of the last time that the branch was there
	Open, Merged bool
	ClosedBy     string
	Labels       []string
	Comments     []string
	CreatedBy    string
	Draft        bool
	Assignees    []string
	Reviewers    []string // of teams, "team " and the name
	LostHead     bool     // the forge no longer says whose the branch was
}

// Pulls returns all pull requests, the oldest first.
func (s *Server) Pulls() []Pull {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Pull
	for _, p := range s.pulls {
		list = append(list, *p)
	}
	return list
}

// Change lets somebody change a pull request on the web: a title, a label. It
// panics where there is no such pull request.
func (s *Server) Change(number int, change func(*Pull)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s.pulls[number-1])
}

// ClosePull closes a pull request, as somebody would on the web.
func (s *Server) ClosePull(number int, by string) {
	s.Change(number, func(p *Pull) { p.Open, p.ClosedBy = false, by })
}

// Merge squashes a pull request into its base, as somebody would on the web,
// and leaves the branch. It panics on conflicts.
func (s *Server) Merge(number int, by string) {
	p := s.Pulls()[number-1]
	tree := s.Git("merge-tree", "--write-tree", p.Base, p.Branch)
	id := []string{"-c", "user.name=" + by, "-c", "user.email=" + by + "@example.com"}
	sha := s.Git(append(id, "commit-tree", tree, "-p", s.Head(p.Base), "-m", p.Title)...)
	s.Change(number, func(p *Pull) { p.Open, p.Merged, p.ClosedBy = false, true, by })
	s.Git("update-ref", "refs/heads/"+p.Base, sha)
}

// sync closes, for good, the pull requests whose branch is gone or has nothing
// that its base has not, as GitHub does after each push.
func (s *Server) sync() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.pulls {
		if !p.Open {
			continue
		}
		if head := s.Head(p.Branch); head != "" && s.ahead(p.Base, p.Branch) {
			p.Head = head
			continue
		}
		p.Open, p.ClosedBy = false, s.Login
	}
}

// ahead reports whether a branch has commits that its base has not.
func (s *Server) ahead(base, branch string) bool {
	n, err := s.git(nil, "", "--git-dir", s.GitDir, "rev-list", "--count", "refs/heads/"+base+"..refs/heads/"+branch)
	return err == nil && n != "0"
}

// createPull is POST /repos/{owner}/{name}/pulls.
func (s *Server) createPull(w http.ResponseWriter, req *http.Request) {
	var in struct {
		Title, Head, Base, Body string
		Draft                   bool
	}
	if !decode(w, req, &in) {
		return
	}
	branch := strings.TrimPrefix(in.Head, s.Owner+":")
	s.mu.Lock()
	defer s.mu.Unlock()
	if errs := s.objections(in.Title, in.Body, branch, in.Base); len(errs) > 0 {
		invalid(w, errs...)
		return
	}
	if in.Draft && s.NoDrafts {
		invalid(w, map[string]string{"resource": "PullRequest", "code": "custom", "message": "Draft pull requests are not supported in this repository."})
		return
	}
	p := &Pull{
		Number: len(s.pulls) + 1, Title: in.Title, Body: in.Body, Branch: branch, Base: in.Base,
		Head: s.Head(branch), Open: true, CreatedBy: s.Login, Draft: in.Draft,
	}
	s.pulls = append(s.pulls, p)
	answer(w, http.StatusCreated, s.pullJSON(p))
}

// objections returns why a pull request cannot be opened.
func (s *Server) objections(title, body, branch, base string) (errs []map[string]string) {
	custom := func(format string, args ...any) {
		errs = append(errs, map[string]string{"resource": "PullRequest", "code": "custom", "message": fmt.Sprintf(format, args...)})
	}
	field := func(name, code string) {
		errs = append(errs, map[string]string{"resource": "PullRequest", "field": name, "code": code})
	}
	if title == "" {
		field("title", "missing_field")
	}
	if s.Head(branch) == "" {
		field("head", "invalid")
	}
	if s.Head(base) == "" {
		field("base", "invalid")
	}
	if len(errs) > 0 {
		return errs
	}
	errs = append(errs, tooLong(title, body)...)
	if !s.ahead(base, branch) {
		custom("No commits between %s and %s", base, branch)
	}
	for _, p := range s.pulls {
		if p.Open && p.Branch == branch && p.Base == base {
			custom("A pull request already exists for %s:%s.", s.Owner, branch)
		}
	}
	return errs
}

// tooLong returns GitHub's objections to long texts.
func tooLong(title, body string) (errs []map[string]string) {
	if len([]rune(title)) > 256 {
		errs = append(errs, map[string]string{"resource": "PullRequest", "code": "custom", "field": "title", "message": "title is too long (maximum is 256 characters)"})
	}
	if len([]rune(body)) > 65536 {
		errs = append(errs, map[string]string{"resource": "PullRequest", "code": "custom", "field": "body", "message": "body is too long (maximum is 65536 characters)"})
	}
	return errs
}

// editPull is PATCH /repos/{owner}/{name}/pulls/{number}.
func (s *Server) editPull(w http.ResponseWriter, req *http.Request) {
	var in struct{ Title, Body, State *string }
	if !decode(w, req, &in) {
		return
	}
	s.withPull(w, req, func(p *Pull) {
		title, body := p.Title, p.Body
		if in.Title != nil {
			title = *in.Title
		}
		if in.Body != nil {
			body = *in.Body
		}
		if errs := tooLong(title, body); len(errs) > 0 {
			invalid(w, errs...)
			return
		}
		p.Title, p.Body = title, body
		if in.State != nil && *in.State == "closed" {
			p.Open, p.ClosedBy = false, s.Login
		}
		answer(w, http.StatusOK, s.pullJSON(p))
	})
}

// listPulls is GET /repos/{owner}/{name}/pulls.
func (s *Server) listPulls(w http.ResponseWriter, req *http.Request) {
	q := req.URL.Query()
	state := q.Get("state")
	if state == "" {
		state = "open"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []any
	for i := len(s.pulls) - 1; i >= 0; i-- {
		p := s.pulls[i]
		switch {
		case state == "open" && !p.Open, state == "closed" && p.Open:
		case q.Get("head") != "" && q.Get("head") != s.Owner+":"+p.Branch:
		case q.Get("base") != "" && q.Get("base") != p.Base:
		default:
			list = append(list, s.pullJSON(p))
		}
	}
	page(w, req, list)
}

// withPull runs f, under the lock, with the pull request of the address.
func (s *Server) withPull(w http.ResponseWriter, req *http.Request, f func(*Pull)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, err := strconv.Atoi(req.PathValue("number"))
	if err != nil || n < 1 || n > len(s.pulls) {
		notFound(w)
		return
	}
	f(s.pulls[n-1])
}
