// This file sees to it that the token goes to one host, and that no request
// lasts for ever.

package forge

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// signer adds the token to requests for the API, and to those alone. It reads
// answers in full, so that the time limit covers them.
type signer struct {
	Config
	base *url.URL
}

// maxAnswer bounds what is read of one answer.
const maxAnswer = 32 << 20

func (s *signer) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), s.Timeout)
	defer cancel()
	req = req.Clone(ctx)
	req.Header.Del("Authorization")
	if s.Token != "" && sameOrigin(req.URL, s.base) {
		req.Header.Set("Authorization", "Bearer "+s.Token)
	}
	resp, err := s.Transport.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading the answer: %w", err)
	case len(body) > maxAnswer:
		return nil, fmt.Errorf("reading the answer: it is longer than %d bytes", maxAnswer)
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// sameOrigin reports whether both addresses are of one scheme, host and port.
func sameOrigin(a, b *url.URL) bool { return a.Scheme == b.Scheme && a.Host == b.Host }

// ErrMoved says that the forge sent a request elsewhere and it was not followed.
var ErrMoved = errors.New("the forge sends the request elsewhere")

// stayOn returns the rule for redirects: on the API's host, and not where
// net/http would turn a write into a read.
func stayOn(base *url.URL) func(*http.Request, []*http.Request) error {
	return func(req *http.Request, via []*http.Request) error {
		switch {
		case !sameOrigin(req.URL, base):
			return fmt.Errorf("%w, to the host %q: it was not followed. Check the API's address", ErrMoved, req.URL.Host)
		case req.Method != via[0].Method:
			return fmt.Errorf("%w: the repository was renamed while we worked. Run it again", ErrMoved)
		case len(via) >= 5:
			return fmt.Errorf("%w, in circles", ErrMoved)
		}
		return nil
	}
}
