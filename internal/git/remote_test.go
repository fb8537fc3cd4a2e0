package git

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestParseSlug(t *testing.T) {
	for address, want := range map[string]string{
		"https://github.com/acme/shop":                      "github.com acme/shop http",
		"https://github.com/acme/shop.git/":                 "github.com acme/shop http",
		"https://x-access-token:s3cret@github.com/acme/a.b": "github.com acme/a.b http",
		"http://127.0.0.1:8080/acme/shop.git":               "127.0.0.1:8080 acme/shop http",
		"git@github.com:acme/shop.git":                      "github.com acme/shop ssh",
		"work:acme/shop":                                    "work acme/shop ssh",
		"ssh://git@ghe.example.com:2222/acme/shop.git":      "ghe.example.com:2222 acme/shop ssh",
		"git@github.com:/acme/shop":                         "github.com acme/shop ssh",
		"/srv/git/acme/shop.git":                            "",
		"../shop":                                           "",
		"https://github.com/shop":                           "",
		"https://github.com/acme/..":                        "",
		"https://u:s3cret@github.com/acme/sh op":            "",
		"":                                                  "",
	} {
		s, err := ParseSlug(address)
		got := ""
		if err == nil {
			got = fmt.Sprint(s.Host, " ", s, " ", map[bool]string{true: "http", false: "ssh"}[s.HTTP])
		}
		if got != want {
			t.Errorf("%s: got %q, %v; want %q", address, got, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("the error tells the password: %v", err)
		}
	}
}

func TestMoved(t *testing.T) {
	for address, want := range map[string]string{
		"https://github.com/acme/shop.git":  "https://github.com/new/store.git",
		"git@github.com:acme/shop":          "git@github.com:new/store",
		"ssh://git@acme/shop/acme/shop.git": "ssh://git@acme/shop/new/store.git",
		"https://github.com/New/Store":      "https://github.com/New/Store",
		"/not/a/forge":                      "/not/a/forge",
	} {
		if got := moved(address, "new", "store"); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}

func TestTokenStaysInTheEnvironment(t *testing.T) {
	m := Remote{Name: "origin", fetch: "https://old:pw@github.com/acme/shop", push: "https://github.com/acme/shop"}.WithToken("s3cret")
	for _, text := range []string{m.String(), fmt.Sprintf("%v %+v %#v %s", m, m, m, m)} {
		if strings.Contains(text, "s3cret") || strings.Contains(text, "pw") {
			t.Errorf("told: %s", text)
		}
	}
	env := m.environ([]string{"GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0=*"})
	if env[0] != "GIT_CONFIG_KEY_1=remote.flagdebt.call.url" || env[1] != "GIT_CONFIG_VALUE_1=https://github.com/acme/shop" {
		t.Errorf("settings of others are overwritten: %v", env)
	}
	if env[len(env)-1] != fmt.Sprintf("GIT_CONFIG_COUNT=%d", 1+(len(env)-2)/2) {
		t.Errorf("count: %v", env)
	}
	ssh := Remote{fetch: "git@github.com:acme/shop", push: "git@github.com:acme/shop"}.WithToken("s3cret")
	if env := strings.Join(ssh.environ(nil), "\n"); strings.Contains(env, "Basic") {
		t.Errorf("ssh gets a header: %s", env)
	}
}

func TestScrub(t *testing.T) {
	got := scrub([]string{"PATH=/bin", "GITHUB_TOKEN=a", "GH_TOKEN=b", "MY_SECRET=c", "NPM_PASSWORD=d", "GIT_DIR=/x", "GIT_TRACE_CURL=1",
		"SSH_AUTH_SOCK=/s", "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=k", "AWS_ACCESS_KEY_ID=e", "LC_ALL=de_DE"})
	want := []string{"PATH=/bin", "SSH_AUTH_SOCK=/s", "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=k", "LC_ALL=C"}
	if !slices.Equal(got[:len(want)], want) {
		t.Errorf("got %v", got)
	}
}

func TestRedact(t *testing.T) {
	got := Redact("fatal: unable to access 'https://u:p@h/o/n': s3cret", "s3cret")
	if got != "fatal: unable to access 'https://***@h/o/n': ***" {
		t.Error(got)
	}
}
