package forge

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/go-github/v60/github"
)

// Config holds the settings of a Client.
type Config struct {
	// BaseURL is the API, as GITHUB_API_URL names it: https://api.github.com,
	// https://ghe.example.com/api/v3. "" is the former.
	BaseURL string
	Token   string
	// UserAgent names us to the forge; "" is flagdebt.
	UserAgent string
	// Transport carries the requests; nil is a copy of http's own.
	Transport http.RoundTripper
	// Timeout bounds one request; 0 is 30 seconds.
	Timeout time.Duration
	// MaxWait bounds what one call waits for rate limits and retries; 0 is
	// two minutes.
	MaxWait time.Duration
	// Pace lies between two writes, as GitHub asks; 0 is one second, less
	// than 0 none.
	Pace time.Duration
	// Sleep waits, unless the context ends first; nil waits for real.
	Sleep func(context.Context, time.Duration) error
	// Log hears of waits and retries; nil is nobody.
	Log *slog.Logger
}

// Client talks to one forge. It makes one call at a time.
type Client struct {
	gh    *github.Client
	sleep func(context.Context, time.Duration) error
}

const defaultBaseURL = "https://api.github.com"

// New returns a client for the forge.
func New(config Config) (*Client, error) {
	base, err := parseBaseURL(config.BaseURL)
	if err != nil {
		return nil, err
	}
	config = config.withDefaults()
	hc := &http.Client{
		Transport:     &patient{Config: config, next: &signer{Config: config, base: base}},
		CheckRedirect: stayOn(base),
	}
	gh := github.NewClient(hc)
	gh.BaseURL = base
	gh.UserAgent = config.UserAgent
	return &Client{gh: gh, sleep: config.Sleep}, nil
}

// parseBaseURL reads the API's address, with the slash at its end that
// go-github wants.
func parseBaseURL(s string) (*url.URL, error) {
	if s == "" {
		s = defaultBaseURL
	}
	u, err := url.Parse(strings.TrimSuffix(s, "/") + "/")
	switch {
	case err != nil || u.Host == "" || u.User != nil || (u.Scheme != "https" && u.Scheme != "http"):
		return nil, errors.New("reading the API's address: not an http address without a password. Set it as https://api.github.com or https://HOST/api/v3")
	case u.Scheme == "http" && !isHere(u.Hostname()):
		return nil, fmt.Errorf("reading the API's address %q: http would send the token in the clear. Use https", s)
	}
	return u, nil
}

// isHere reports whether a host is this machine.
func isHere(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (c Config) withDefaults() Config {
	if c.UserAgent == "" {
		c.UserAgent = "flagdebt"
	}
	if c.Transport == nil {
		c.Transport = http.DefaultTransport.(*http.Transport).Clone()
	}
	if c.Timeout == 0 {
		c.Timeout = 30 * time.Second
	}
	if c.MaxWait == 0 {
		c.MaxWait = 2 * time.Minute
	}
	if c.Pace == 0 {
		c.Pace = time.Second
	}
	if c.Sleep == nil {
		c.Sleep = sleep
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

// sleep waits for d, or until the context ends.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-t.C:
		return nil
	}
}

// Permission is what a token may do; the forge does not always say.
type Permission string

// The permissions.
const (
	PermissionUnknown Permission = ""
	PermissionYes     Permission = "yes"
	PermissionNo      Permission = "no"
)

// Repository is a repository as the forge knows it.
type Repository struct {
	Owner, Name   string // canonical: after renames
	DefaultBranch string
	GitHost       string // of its clone address, with the port where there is one
	Archived      bool
	Push          Permission
}

func (r Repository) String() string { return r.Owner + "/" + r.Name }

// Repository returns the repository. Every other call must be given the name
// that stands here: requests other than GET do not survive a rename.
func (c *Client) Repository(ctx context.Context, owner, name string) (Repository, error) {
	got, _, err := c.gh.Repositories.Get(ctx, owner, name)
	if err != nil {
		return Repository{}, explain(err, "reading the repository "+owner+"/"+name)
	}
	r := Repository{
		Owner: got.GetOwner().GetLogin(), Name: got.GetName(),
		DefaultBranch: got.GetDefaultBranch(), Archived: got.GetArchived(),
	}
	if r.Owner == "" || r.Name == "" {
		return Repository{}, fmt.Errorf("reading the repository %s/%s: the answer names no repository. Check the API's address", owner, name)
	}
	if u, err := url.Parse(got.GetCloneURL()); err == nil {
		r.GitHost = u.Host
	}
	if may, ok := got.GetPermissions()["push"]; ok {
		r.Push = map[bool]Permission{true: PermissionYes, false: PermissionNo}[may]
	}
	return r, nil
}
