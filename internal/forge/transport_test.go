package forge

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// wire answers every request, and remembers the header that signs it.
type wire struct{ signed []string }

func (w *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	w.signed = append(w.signed, req.Header.Get("Authorization"))
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("{}"))}, nil
}

// TestSigner stands below the rule for redirects, which would hide it.
func TestSigner(t *testing.T) {
	base, err := url.Parse("https://api.example.com/api/v3/")
	if err != nil {
		t.Fatal(err)
	}
	for address, signed := range map[string]bool{
		"https://api.example.com/api/v3/user": true, "https://api.example.com/": true,
		"http://api.example.com/api/v3/user": false, "https://api.example.com:444/": false, "https://example.com/": false,
		"https://api.example.com.evil.example/": false,
	} {
		w := &wire{}
		s := &signer{Config: Config{Token: "s3cret", Transport: w}.withDefaults(), base: base}
		req, err := http.NewRequest(http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer left-over")
		if _, err := s.RoundTrip(req); err != nil {
			t.Fatal(err)
		}
		if want := map[bool]string{true: "Bearer s3cret"}[signed]; w.signed[0] != want {
			t.Errorf("%s: got %q, want %q", address, w.signed[0], want)
		}
	}
}
