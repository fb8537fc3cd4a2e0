package forge_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/flagdebt/flagdebt/internal/forge"
	"github.com/flagdebt/flagdebt/internal/forge/forgetest"
)

func TestRateLimits(t *testing.T) {
	const date = "Sat, 21 Nov 2026 10:00:00 GMT" // 1795255200
	for _, test := range []struct {
		name  string
		fault forgetest.Fault
		waits []time.Duration // nil: too long
	}{
		{"secondary, 403", forgetest.Fault{Status: 403, Header: map[string]string{"Retry-After": "7"}}, []time.Duration{7 * time.Second}},
		{"secondary, 429", forgetest.Fault{Status: 429, Header: map[string]string{"Retry-After": "7"}}, []time.Duration{7 * time.Second}},
		{"by its text", forgetest.Fault{Status: 403, Body: `{"message":"You have exceeded a secondary rate limit."}`}, []time.Duration{time.Minute}},
		{"primary", forgetest.Fault{Status: 429, Header: map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795255230", "Date": date}}, []time.Duration{31 * time.Second}},
		{"past reset", forgetest.Fault{Status: 403, Header: map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795255100", "Date": date}}, []time.Duration{time.Second}},
		{"as a date", forgetest.Fault{Status: 429, Header: map[string]string{"Retry-After": "Sat, 21 Nov 2026 10:00:09 GMT", "Date": date}}, []time.Duration{9 * time.Second}},
		{"twice", forgetest.Fault{Status: 429, Times: 2, Header: map[string]string{"Retry-After": "3"}}, []time.Duration{3 * time.Second, 3 * time.Second}},
		{"an hour", forgetest.Fault{Status: 403, Times: -1, Header: map[string]string{"Retry-After": "3600"}}, nil},
		{"for ever", forgetest.Fault{Status: 429, Times: -1, Header: map[string]string{"Retry-After": "1"}}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, c, k := newClient(t)
			s.Commit("topic", "bot", map[string]string{"a": "b"})
			test.fault.Method, test.fault.Path = http.MethodPost, "/pulls"
			s.Fail(test.fault)
			_, _, err := c.Open(t.Context(), shop, forge.Proposal{Branch: "topic", Base: "main", Title: "t"})
			if test.waits == nil {
				var limit *forge.RateLimitError
				if !errors.As(err, &limit) || !forge.IsHopeless(err) || !strings.Contains(err.Error(), "Run it again") {
					t.Errorf("got %v", err)
				}
				return
			}
			if err != nil || len(k.waits) != len(test.waits) {
				t.Fatalf("got %v, waits %v", err, k.waits)
			}
			for i := range test.waits {
				if k.waits[i] != test.waits[i] {
					t.Errorf("waits: got %v, want %v", k.waits, test.waits)
				}
			}
		})
	}
}

func TestTriesAgain(t *testing.T) {
	s, c, k := newClient(t)
	propose(t, s, c, "topic")
	s.Fail(forgetest.Fault{Method: "GET", Status: 502, Times: 2})
	if _, err := c.FindPullRequests(t.Context(), shop, "topic", ""); err != nil {
		t.Error(err)
	}
	s.Fail(forgetest.Fault{Method: "PATCH", Status: 503})
	if _, err := c.Update(t.Context(), shop, 1, "other", "b"); err != nil {
		t.Error(err)
	}
	if got := s.Pulls()[0].Title; got != "other" {
		t.Errorf("the body of the second try got lost: %q", got)
	}
	s.Fail(forgetest.Fault{Method: "GET", Status: 503, Times: -1})
	if _, err := c.FindPullRequests(t.Context(), shop, "topic", ""); err == nil || !strings.Contains(err.Error(), "503") {
		t.Errorf("for ever gone: got %v", err)
	}
	if len(k.waits) != 2+1+4 {
		t.Errorf("waits: %v", k.waits)
	}
}

func TestPace(t *testing.T) {
	s := forgetest.New(t)
	k := &clock{}
	c, err := forge.New(forge.Config{BaseURL: s.APIURL(), Token: s.Token, Sleep: k.sleep})
	if err != nil {
		t.Fatal(err)
	}
	propose(t, s, c, "one")
	propose(t, s, c, "two")
	if len(k.waits) != 1 || k.waits[0] != time.Second {
		t.Errorf("waits: %v", k.waits)
	}
}

func TestTokenStaysOnTheHost(t *testing.T) {
	for _, status := range []int{301, 302, 307, 308} {
		for _, method := range []string{"GET", "POST"} {
			s, c, _ := newClient(t)
			s.Commit("topic", "bot", map[string]string{"a": "b"})
			s.Fail(forgetest.Fault{Method: method, Path: "/pulls", Status: status, Times: -1, Header: map[string]string{"Location": s.Elsewhere() + "/steal"}})
			var err error
			if method == "GET" {
				_, err = c.FindPullRequests(t.Context(), shop, "topic", "")
			} else {
				_, _, err = c.Open(t.Context(), shop, forge.Proposal{Branch: "topic", Base: "main", Title: "t"})
			}
			if !errors.Is(err, forge.ErrMoved) || s.HoldsToken(err.Error()) {
				t.Errorf("%d %s: got %v", status, method, err)
			}
		}
	}
}

func TestWriteToARenamedRepository(t *testing.T) {
	s, c, _ := newClient(t)
	s.Commit("topic", "bot", map[string]string{"a": "b"})
	s.Rename("acme", "store")
	_, _, err := c.Open(t.Context(), shop, forge.Proposal{Branch: "topic", Base: "main", Title: "t"})
	if !errors.Is(err, forge.ErrMoved) || len(s.Pulls()) != 0 {
		t.Errorf("got %v, %d pull requests", err, len(s.Pulls()))
	}
}
