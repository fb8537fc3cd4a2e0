package forge_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/flagdebt/flagdebt/internal/forge"
	"github.com/flagdebt/flagdebt/internal/forge/forgetest"
)

// clock remembers what was waited for, and waits for nothing.
type clock struct{ waits []time.Duration }

func (c *clock) sleep(ctx context.Context, d time.Duration) error {
	c.waits = append(c.waits, d)
	return ctx.Err()
}

// newClient returns a server, a client for it, and its clock.
func newClient(t *testing.T) (*forgetest.Server, *forge.Client, *clock) {
	t.Helper()
	s, k := forgetest.New(t), &clock{}
	c, err := forge.New(forge.Config{BaseURL: s.APIURL(), Token: s.Token, Sleep: k.sleep, Pace: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Leaked(); err != nil {
			t.Error(err)
		}
	})
	return s, c, k
}

var shop = forge.Repository{Owner: "acme", Name: "shop", DefaultBranch: "main"}

// propose makes a branch and opens a pull request for it.
func propose(t *testing.T, s *forgetest.Server, c *forge.Client, branch string) forge.PullRequest {
	t.Helper()
	s.Commit(branch, "bot", map[string]string{branch + ".go": "package x\n"})
	p, existed, err := c.Open(t.Context(), shop, forge.Proposal{Branch: branch, Base: "main", Title: "title", Body: "body"})
	if err != nil || existed {
		t.Fatalf("opening: got existed %v, %v", existed, err)
	}
	return p
}

func TestNew(t *testing.T) {
	for address, ok := range map[string]bool{
		"": true, "https://ghe.example.com/api/v3": true, "https://ghe.example.com/api/v3/": true, "http://127.0.0.1:3000/api/v1": true, "http://localhost": true,
		"http://ghe.example.com/api/v3": false, "ghe.example.com": false, "https://u:s3cret@ghe.example.com": false, "ftp://x": false, "https://%zz": false,
	} {
		_, err := forge.New(forge.Config{BaseURL: address, Token: "s3cret"})
		if (err == nil) != ok {
			t.Errorf("%q: got %v", address, err)
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("told: %v", err)
		}
	}
}

func TestRepository(t *testing.T) {
	s, c, _ := newClient(t)
	s.Rename("acme", "store")
	r, err := c.Repository(t.Context(), "acme", "shop")
	if err != nil {
		t.Fatal(err)
	}
	want := forge.Repository{Owner: "acme", Name: "store", DefaultBranch: "main", Push: forge.PermissionYes, GitHost: strings.TrimPrefix(s.URL, "http://")}
	if r != want {
		t.Errorf("got %+v, want %+v", r, want)
	}
	s.SetReadOnly(true)
	if r, _ := c.Repository(t.Context(), "acme", "store"); r.Push != forge.PermissionNo {
		t.Errorf("push: got %q", r.Push)
	}
	_, err = c.Repository(t.Context(), "acme", "nope")
	if err == nil || !strings.Contains(err.Error(), "Check the repository's name") {
		t.Errorf("got %v", err)
	}
}

func TestOpenUpdateClose(t *testing.T) {
	s, c, _ := newClient(t)
	ctx := t.Context()
	p := propose(t, s, c, "topic")
	if p.Number != 1 || !p.Open || p.Branch != "topic" || p.Head != s.Head("topic") || p.Base != "main" || p.URL == "" {
		t.Errorf("got %+v", p)
	}
	again := forge.Proposal{Branch: "topic", Base: "main", Title: "other", Body: "words"}
	p, existed, err := c.Open(ctx, shop, again)
	if err != nil || !existed || p.Number != 1 || p.Title != "other" || p.Body != "words" {
		t.Errorf("a second one: got %+v, existed %v, %v", p, existed, err)
	}
	s.Git("update-ref", "refs/heads/empty", s.Head("main"))
	if _, _, err := c.Open(ctx, shop, forge.Proposal{Branch: "empty", Base: "main", Title: "t"}); !errors.Is(err, forge.ErrNoCommits) {
		t.Errorf("no commits: got %v", err)
	}
	if err := c.Close(ctx, shop, 1); err != nil {
		t.Fatal(err)
	}
	if got := s.Pulls()[0]; got.Open || got.Title != "other" {
		t.Errorf("closed: %+v", got)
	}
	if by := c.ClosedBy(ctx, shop, 1); by != s.Login {
		t.Errorf("closed by %q", by)
	}
	if by := c.ClosedBy(ctx, shop, 99); by != "" {
		t.Errorf("closed by %q", by)
	}
}

func TestFindPullRequests(t *testing.T) {
	s, c, _ := newClient(t)
	tip := s.Commit("tip", "ann", map[string]string{"f": "g"})
	for i := range 103 {
		s.Git("update-ref", fmt.Sprintf("refs/heads/x/%d", i), tip)
		if _, _, err := c.Open(t.Context(), shop, forge.Proposal{Branch: fmt.Sprintf("x/%d", i), Base: "main", Title: "t", Body: "<!-- m -->"}); err != nil {
			t.Fatal(err)
		}
	}
	s.Change(2, func(p *forgetest.Pull) { p.LostHead = true })
	s.ClosePull(3, "ann")
	open, err := c.OpenPullRequests(t.Context(), shop, "x/")
	if err != nil || len(open) != 101 {
		t.Errorf("open: got %d, %v", len(open), err)
	}
	for _, q := range []struct {
		branch, marker string
		want           int
	}{{"x/2", "<!-- m -->", 1}, {"x/2", "", 1}, {"x/2", "other", 0}, {"x/1", "", 0}, {"x/102", "", 1}, {"x", "", 0}} {
		got, err := c.FindPullRequests(t.Context(), shop, q.branch, q.marker)
		if err != nil || len(got) != q.want {
			t.Errorf("%+v: got %d, %v", q, len(got), err)
		}
	}
}

func TestCommentsAndLabels(t *testing.T) {
	s, c, k := newClient(t)
	ctx := t.Context()
	propose(t, s, c, "topic")
	for i, want := range []bool{true, false} {
		if did, err := c.Comment(ctx, shop, 1, "<!-- m -->", "text <!-- m -->"); did != want || err != nil {
			t.Errorf("comment %d: got %v, %v", i, did, err)
		}
	}
	s.Fail(forgetest.Fault{Method: "POST", Path: "/comments", Status: 502, After: true})
	if did, err := c.Comment(ctx, shop, 1, "<!-- n -->", "text <!-- n -->"); !did || err != nil {
		t.Errorf("lost answer: got %v, %v", did, err)
	}
	if n := len(s.Pulls()[0].Comments); n != 2 {
		t.Errorf("%d comments", n)
	}
	s.Fail(forgetest.Fault{Path: "/labels", Status: 422, Body: `{"message":"Could not resolve to a node with the global id of 'x'"}`})
	if err := c.AddLabels(ctx, shop, 1, []string{"flagdebt", "a:b"}); err != nil {
		t.Error(err)
	}
	if err := c.RemoveLabel(ctx, shop, 1, "a:b"); err != nil {
		t.Error(err)
	}
	if err := c.RemoveLabel(ctx, shop, 1, "never"); err != nil {
		t.Error(err)
	}
	if got := s.Pulls()[0].Labels; !slices.Equal(got, []string{"flagdebt"}) {
		t.Errorf("labels: %v", got)
	}
	if len(k.waits) != 2 {
		t.Errorf("waits: %v", k.waits)
	}
}

func TestOpenTriesAgain(t *testing.T) {
	for name, f := range map[string]forgetest.Fault{
		"branch not seen yet": {Method: "POST", Path: "/pulls", Status: 422, Times: 2, Body: `{"message":"Validation Failed","errors":[{"resource":"PullRequest","field":"head","code":"invalid"}]}`},
		"gone":                {Method: "POST", Path: "/pulls", Status: 502},
		"answer lost":         {Method: "POST", Path: "/pulls", Status: 503, After: true},
	} {
		t.Run(name, func(t *testing.T) {
			s, c, k := newClient(t)
			s.Fail(f)
			propose(t, s, c, "topic")
			if n := len(s.Pulls()); n != 1 {
				t.Errorf("%d pull requests", n)
			}
			if !f.After && len(k.waits) == 0 {
				t.Error("did not wait")
			}
		})
	}
}

func TestErrorsTellWhatToDo(t *testing.T) {
	for body, want := range map[string]string{
		`{"message":"GitHub Actions is not permitted to create or approve pull requests."}`: "Allow GitHub Actions to create and approve pull requests",
		`{"message":"Resource not accessible by integration"}`:                              "pull-requests: write",
		`{"message":"Resource not accessible by personal access token"}`:                    "Contents and Pull requests",
		`{"message":"Resource protected by organization SAML enforcement."}`:                "single sign-on",
		`{"message":"Repository was archived so is read-only."}`:                            "Unarchive",
		`{"message":"Must have admin rights"}`:                                              "write access",
		`not even JSON`:                                                                     "write access",
	} {
		s, c, _ := newClient(t)
		s.Commit("topic", "bot", map[string]string{"a": "b"})
		s.Fail(forgetest.Fault{Method: "POST", Path: "/pulls", Status: 403, Body: body})
		_, _, err := c.Open(t.Context(), shop, forge.Proposal{Branch: "topic", Base: "main", Title: "t"})
		if err == nil || !strings.Contains(err.Error(), want) || !forge.IsHopeless(err) {
			t.Errorf("%s: got %v", body, err)
		}
	}
	s := forgetest.New(t)
	c, err := forge.New(forge.Config{BaseURL: s.APIURL(), Token: "wrong"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Repository(t.Context(), "acme", "shop")
	if err == nil || !strings.Contains(err.Error(), "GITHUB_TOKEN") || strings.Contains(err.Error(), "wrong") || !forge.IsHopeless(err) {
		t.Errorf("bad token: got %v", err)
	}
}

func TestOddAnswers(t *testing.T) {
	for _, body := range []string{`{}`, `null`, `[null]`, `[{}]`, `[{"head":null,"labels":[null]}]`, `[{"head":{"repo":null}}]`, `"x"`, ``, `{"number":null,"head":{}}`} {
		s, c, _ := newClient(t)
		s.Fail(forgetest.Fault{Status: 200, Body: body, Times: -1})
		ctx := t.Context()
		_, _ = c.FindPullRequests(ctx, shop, "b", "")
		_, _, _ = c.Open(ctx, shop, forge.Proposal{})
		_, _ = c.Update(ctx, shop, 1, "t", "b")
		_, _ = c.Comment(ctx, shop, 1, "m", "m")
		_ = c.ClosedBy(ctx, shop, 1)
		_ = c.AddLabels(ctx, shop, 1, nil)
		if r, err := c.Repository(ctx, "acme", "shop"); err == nil {
			t.Errorf("%s: got repository %+v", body, r)
		}
	}
}

func TestCancel(t *testing.T) {
	s := forgetest.New(t)
	c, err := forge.New(forge.Config{BaseURL: s.APIURL(), Token: s.Token})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	s.Before("GET", "/repos/acme/shop", cancel)
	s.Fail(forgetest.Fault{Status: http.StatusBadGateway, Times: -1})
	if _, err := c.Repository(ctx, "acme", "shop"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
