// This file knows remotes: their names, what they hold, who may know the token.

package git

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// Remote is a repository elsewhere. Its String is fit for people: it carries
// neither token nor password.
type Remote struct {
	Name     string
	fetch    string
	push     string
	user     string // for the header, with password; "" where git finds its own way
	password string
}

func (m Remote) String() string { return Redact(m.push, m.secrets()...) }

// GoString keeps the token out of %#v.
func (m Remote) GoString() string { return m.String() }

// Slug is where a forge keeps a repository.
type Slug struct {
	Host  string // as in the URL, with the port where there is one
	Owner string
	Name  string
	HTTP  bool // reached by http or https, so that a token is of use
}

func (s Slug) String() string { return s.Owner + "/" + s.Name }

// Remote returns the remote of that name.
func (r *Repository) Remote(ctx context.Context, name string) (Remote, error) {
	m := Remote{Name: name}
	for _, side := range []struct {
		url  *string
		args []string
	}{
		{&m.fetch, []string{"remote", "get-url", "--", name}},
		{&m.push, []string{"remote", "get-url", "--push", "--", name}},
	} {
		out, err := r.line(ctx, call{doing: fmt.Sprintf("reading the remote %q", name), args: side.args})
		if err != nil {
			return Remote{}, fmt.Errorf("%w. Add it with git remote add %s URL", err, name)
		}
		*side.url, _, _ = strings.Cut(out, "\n")
	}
	return m, nil
}

// Slug returns where a forge keeps the remote. It is an error when people
// fetch from one repository and push to another.
func (m Remote) Slug() (Slug, error) {
	from, err := ParseSlug(m.fetch)
	if err != nil {
		return Slug{}, fmt.Errorf("reading the remote %q: %w", m.Name, err)
	}
	to, err := ParseSlug(m.push)
	if err != nil {
		return Slug{}, fmt.Errorf("reading the remote %q: %w", m.Name, err)
	}
	if !strings.EqualFold(from.String(), to.String()) {
		return Slug{}, fmt.Errorf("the remote %q fetches from %s and pushes to %s. Name a remote that does both in one place", m.Name, from, to)
	}
	return to, nil
}

// WithToken returns the remote with a token for its pushes and fetches by
// http. Precondition: the caller knows that the token is for this host.
func (m Remote) WithToken(token string) Remote {
	m.user, m.password = "x-access-token", token
	return m
}

// At returns the remote moved to another owner and name on its host: where a
// forge says that the repository was renamed. Git must not be sent there by a
// redirect, since it would hand the token to whoever it is sent to.
func (m Remote) At(owner, name string) Remote {
	m.fetch, m.push = moved(m.fetch, owner, name), moved(m.push, owner, name)
	return m
}

// moved returns the address with another owner and name.
func moved(address, owner, name string) string {
	s, err := ParseSlug(address)
	if err != nil || strings.EqualFold(s.String(), owner+"/"+name) {
		return address
	}
	i := strings.LastIndex(address, s.Owner+"/"+s.Name)
	rest := address[i+len(s.Owner)+1+len(s.Name):]
	return address[:i] + owner + "/" + name + rest
}

var (
	scpAddress = regexp.MustCompile(`^(?:[^@/:\s]+@)?([^@/:\s]+):/*([^:\s]+)$`)
	slugPart   = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)
)

// ParseSlug reads owner and name out of a remote's address: https, ssh, or
// git@host:owner/name.
func ParseSlug(address string) (Slug, error) {
	var s Slug
	var path string
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		s.Host, path = u.Host, u.Path
		s.HTTP = u.Scheme == "https" || u.Scheme == "http"
	} else if m := scpAddress.FindStringSubmatch(address); m != nil && !strings.Contains(address, "://") {
		s.Host, path = m[1], m[2]
	}
	parts := strings.Split(strings.TrimSuffix(strings.Trim(path, "/"), ".git"), "/")
	if n := len(parts); n >= 2 {
		s.Owner, s.Name = parts[n-2], parts[n-1]
	}
	if s.Host == "" || !isSlugPart(s.Owner) || !isSlugPart(s.Name) {
		return Slug{}, fmt.Errorf("%q names no owner and repository on a forge", Redact(address))
	}
	return s, nil
}

// isSlugPart reports whether s can be an owner or a repository.
func isSlugPart(s string) bool { return slugPart.MatchString(s) && s != "." && s != ".." }

// alias is the name by which git knows the remote during a call: its address,
// which may hold a password, stays out of the arguments.
const alias = "flagdebt.call"

// environ returns the settings that give git the remote under the alias and,
// for http, the token. They go after those which the environment has already.
func (m Remote) environ(base []string) []string {
	fetch, push := m.fetch, m.push
	if m.password != "" {
		fetch, push = withoutUser(fetch), withoutUser(push)
	}
	pairs := [][2]string{
		{"remote." + alias + ".url", fetch},
		{"remote." + alias + ".pushurl", push},
	}
	if m.password != "" {
		pairs = append(pairs, [2]string{"credential.helper", ""}, [2]string{"core.askPass", ""}, [2]string{"http.followRedirects", "false"})
		for _, address := range []string{fetch, push} {
			if strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://") {
				// The empty value drops what others set, as actions/checkout
				// does: two such headers are refused by GitHub. The whole
				// address is the most telling key, and so wins.
				key := "http." + address + ".extraHeader"
				pairs = append(pairs, [2]string{key, ""}, [2]string{key, m.header()})
			}
		}
	}
	n := configCount(base)
	var env []string
	for i, p := range pairs {
		env = append(env, fmt.Sprintf("GIT_CONFIG_KEY_%d=%s", n+i, p[0]), fmt.Sprintf("GIT_CONFIG_VALUE_%d=%s", n+i, p[1]))
	}
	if m.password != "" {
		env = append(env, "GIT_ASKPASS=") // nobody is asked for another password
	}
	return append(env, fmt.Sprintf("GIT_CONFIG_COUNT=%d", n+len(pairs)))
}

// configCount returns how many settings the environment carries.
func configCount(environ []string) int {
	n := 0
	for _, entry := range environ {
		if v, ok := strings.CutPrefix(entry, "GIT_CONFIG_COUNT="); ok {
			n, _ = strconv.Atoi(v)
		}
	}
	return max(n, 0)
}

// header returns the header that signs a request.
func (m Remote) header() string {
	return "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(m.user+":"+m.password))
}

// secrets returns the forms in which the token could be seen.
func (m Remote) secrets() []string {
	if m.password == "" {
		return nil
	}
	return []string{m.password, strings.TrimPrefix(m.header(), "Authorization: Basic ")}
}

// withoutUser returns an address without name and password.
func withoutUser(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil || (u.Scheme != "https" && u.Scheme != "http") {
		return address
	}
	u.User = nil
	return u.String()
}
