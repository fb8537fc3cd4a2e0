package forgetest

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// Server is a forge with one repository.
type Server struct {
	URL         string   // of the web host; APIURL and CloneURL lie below it
	Token       string   // the one that is accepted
	Login       string   // whose token it is
	Owner, Name string   // of the repository; changed by Rename
	GitDir      string   // the bare repository
	NoDrafts    bool     // as for private repositories of the free plan
	Strangers   []string // who cannot be assigned or asked: users, and "team " with a name

	web       *httptest.Server
	elsewhere *httptest.Server

	mu       sync.Mutex
	readOnly bool // the token may not push
	oldNames []string
	requests []Request
	strays   []Request // that went elsewhere
	faults   []*Fault
	hooks    []*hook
	pulls    []*Pull
	commits  int // made by Commit, for their dates
}

// Request is one that the server answered.
type Request struct {
	Method, Path, Query string
	Header              http.Header
	Body                string
	Status              int
}

func (r Request) String() string { return r.Method + " " + r.Path }

// isWrite reports whether the request is of the kind that changes something.
func (r Request) isWrite() bool {
	if strings.HasPrefix(r.Path, apiRoot) {
		return r.Method != http.MethodGet && r.Method != http.MethodHead
	}
	return strings.HasSuffix(r.Path, "/git-receive-pack")
}

// Fault is an answer that stands in for the real one.
type Fault struct {
	Method string // "" is any
	Path   string // a part of the path
	Status int
	Header map[string]string
	Body   string // of JSON; "" is a message with the status' text
	Times  int    // 0 is once; less than 0 is always
	After  bool   // the request is carried out, and the answer lost
}

// hook runs once, before a request.
type hook struct {
	method, path string
	run          func()
}

const apiRoot = "/api/v3"

// New returns a server for the length of a test, with one commit on main.
func New(t testing.TB) *Server {
	t.Helper()
	s, err := Start(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// Start returns a server that keeps its repository in dir.
func Start(dir string) (*Server, error) {
	s := &Server{Token: "ghs_fakeTokenForTests0123456789", Login: "flagdebt-bot", Owner: "acme", Name: "shop", GitDir: dir + "/shop.git"}
	if err := s.initialise(dir); err != nil {
		return nil, err
	}
	backend, err := s.gitHandler(dir)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle(apiRoot+"/", s.api())
	mux.Handle("/", backend)
	s.web = httptest.NewServer(s.recorded(mux))
	s.elsewhere = httptest.NewServer(http.HandlerFunc(s.stray))
	s.URL = s.web.URL
	return s, nil
}

// Close stops the server.
func (s *Server) Close() {
	s.web.Close()
	s.elsewhere.Close()
}

// APIURL is what GITHUB_API_URL would be.
func (s *Server) APIURL() string { return s.URL + apiRoot }

// CloneURL is the repository's address for git.
func (s *Server) CloneURL() string { return s.URL + "/" + s.Owner + "/" + s.Name + ".git" }

// Elsewhere is the address of another host, where no token may be seen.
func (s *Server) Elsewhere() string { return s.elsewhere.URL }

// Fail has the next fitting requests fail.
func (s *Server) Fail(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.Times == 0 {
		f.Times = 1
	}
	s.faults = append(s.faults, &f)
}

// Before runs a function once, right before the next fitting request is
// answered: what somebody else does at the same time.
func (s *Server) Before(method, path string, run func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hooks = append(s.hooks, &hook{method, path, run})
}

// Requests returns all requests since the start, or the last Forget.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// Writes returns the requests that are of the kind that changes something:
// "POST /api/v3/repos/acme/shop/pulls", "POST /acme/shop.git/git-receive-pack".
func (s *Server) Writes() []string {
	writes := []string{}
	for _, r := range s.Requests() {
		if r.isWrite() {
			writes = append(writes, r.String())
		}
	}
	return writes
}

// Forget drops the requests remembered so far.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = nil
}

// Leaked returns an error where the token was sent to another host, or stood
// in an address.
func (s *Server) Leaked() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, r := range s.strays {
		for name, values := range r.Header {
			if s.holdsToken(strings.Join(values, " ")) {
				errs = append(errs, fmt.Errorf("the token went to another host in %s of %s", name, r))
			}
		}
		if s.holdsToken(r.Body) {
			errs = append(errs, fmt.Errorf("the token went to another host in the body of %s", r))
		}
	}
	for _, r := range append(append([]Request(nil), s.strays...), s.requests...) {
		if s.holdsToken(r.Path + "?" + r.Query) {
			errs = append(errs, fmt.Errorf("the token stands in the address of %s", r))
		}
	}
	return errors.Join(errs...)
}

// Strays returns the requests that came to Elsewhere.
func (s *Server) Strays() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.strays...)
}

// HoldsToken reports whether a text holds the token, plain or as git sends it.
func (s *Server) HoldsToken(text string) bool { return s.holdsToken(text) }

func (s *Server) holdsToken(text string) bool {
	basic := base64.StdEncoding.EncodeToString([]byte("x-access-token:" + s.Token))
	return strings.Contains(text, s.Token) || strings.Contains(text, basic)
}

// recorded remembers requests, injects faults and runs hooks.
func (s *Server) recorded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		req.Body, req.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		req.TransferEncoding = nil
		for _, h := range s.takeHooks(req) {
			h.run()
		}
		answer := httptest.NewRecorder()
		fault := s.takeFault(req)
		if fault == nil || fault.After {
			next.ServeHTTP(answer, req)
		}
		if fault != nil {
			answer = fault.answer()
		}
		s.mu.Lock()
		s.requests = append(s.requests, Request{req.Method, req.URL.Path, req.URL.RawQuery, req.Header.Clone(), string(body), answer.Code})
		s.mu.Unlock()
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
	})
}

// takeHooks returns the hooks for the request, each but once.
func (s *Server) takeHooks(req *http.Request) (due []*hook) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var rest []*hook
	for _, h := range s.hooks {
		if (h.method == "" || h.method == req.Method) && strings.Contains(req.URL.RequestURI(), h.path) {
			due = append(due, h)
		} else {
			rest = append(rest, h)
		}
	}
	s.hooks = rest
	return due
}

// takeFault returns the fault for the request, if any.
func (s *Server) takeFault(req *http.Request) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		if f.Times != 0 && (f.Method == "" || f.Method == req.Method) && strings.Contains(req.URL.RequestURI(), f.Path) {
			f.Times--
			return f
		}
	}
	return nil
}

// answer returns the fault as an answer.
func (f *Fault) answer() *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	answer.Header().Set("Content-Type", "application/json; charset=utf-8")
	for name, value := range f.Header {
		answer.Header().Set(name, value)
	}
	body := f.Body
	if body == "" {
		body = fmt.Sprintf(`{"message":%q}`, http.StatusText(f.Status))
	}
	answer.WriteHeader(f.Status)
	answer.Body.WriteString(body)
	return answer
}

// stray is the other host.
func (s *Server) stray(w http.ResponseWriter, req *http.Request) {
	body, _ := io.ReadAll(req.Body)
	s.mu.Lock()
	s.strays = append(s.strays, Request{req.Method, req.URL.Path, req.URL.RawQuery, req.Header.Clone(), string(body), http.StatusTeapot})
	s.mu.Unlock()
	w.WriteHeader(http.StatusTeapot)
}
