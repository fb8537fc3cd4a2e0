// This file waits: for rate limits, between writes, before another try.

package forge

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// RateLimitError says that the forge wants no more calls for longer than a
// call may wait.
type RateLimitError struct {
	Wait time.Duration // how long, as far as is known
}

func (e *RateLimitError) Error() string {
	return fmt.Sprintf("the forge's rate limit is used up for the next %s. Run it again after that", e.Wait.Round(time.Second))
}

// patient paces writes, waits for rate limits, and repeats what may be
// repeated. go-github must not see the limits: it would remember them, and
// refuse calls by a clock of its own; it also takes no 429 for a limit.
type patient struct {
	Config
	next  http.RoundTripper
	wrote bool
}

// maxTries bounds the tries of one request.
const maxTries = 5

func (p *patient) RoundTrip(req *http.Request) (*http.Response, error) {
	if !isRead(req) {
		if p.wrote && p.Pace > 0 {
			if err := p.Sleep(req.Context(), p.Pace); err != nil {
				return nil, err
			}
		}
		p.wrote = true
	}
	var waited time.Duration
	for try := 1; ; try++ {
		resp, err := p.once(req, try)
		wait, limited := p.verdict(req, resp, err, try)
		if wait == 0 {
			forgetLimits(resp)
			return resp, err
		}
		if waited += wait; waited > p.MaxWait || try == maxTries {
			if limited {
				return nil, &RateLimitError{Wait: wait}
			}
			forgetLimits(resp)
			return resp, err
		}
		p.Log.Info("waiting for the forge", "method", req.Method, "path", req.URL.Path, "wait", wait, "limited", limited)
		if err := p.Sleep(req.Context(), wait); err != nil {
			return nil, err
		}
	}
}

// once sends the request, with a fresh body after the first try.
func (p *patient) once(req *http.Request, try int) (*http.Response, error) {
	if try > 1 && req.Body != nil && req.GetBody != nil {
		body, err := req.GetBody()
		if err != nil {
			return nil, err
		}
		req = req.Clone(req.Context())
		req.Body = body
	}
	return p.next.RoundTrip(req)
}

// verdict returns how long to wait before another try: 0 is none. A request
// that hit a limit was not carried out, so any may be repeated; otherwise only
// those that do the same thing when done twice.
func (p *patient) verdict(req *http.Request, resp *http.Response, err error, try int) (wait time.Duration, limited bool) {
	backoff := time.Second << (try - 1)
	repeatable := req.Method != http.MethodPost && (req.Body == nil || req.GetBody != nil)
	switch {
	case err != nil:
		if isRead(req) && req.Context().Err() == nil && !errors.Is(err, context.Canceled) && try < 3 {
			return backoff, false
		}
		return 0, false
	case isLimit(resp):
		if req.Body != nil && req.GetBody == nil {
			return 0, false
		}
		return limitWait(resp.Header, try), true
	case isGone(resp.StatusCode) && repeatable:
		return backoff, false
	}
	return 0, false
}

// isRead reports whether a request changes nothing.
func isRead(req *http.Request) bool {
	return req.Method == http.MethodGet || req.Method == http.MethodHead
}

// isGone reports whether a status says that the server was away for a moment.
func isGone(status int) bool {
	return status == http.StatusBadGateway || status == http.StatusServiceUnavailable || status == http.StatusGatewayTimeout
}

// isLimit reports whether an answer is a rate limit, primary or secondary. It
// comes as 429, or as 403 with signs in headers or text.
func isLimit(resp *http.Response) bool {
	switch resp.StatusCode {
	case http.StatusTooManyRequests:
		return true
	case http.StatusForbidden:
		if resp.Header.Get("Retry-After") != "" || resp.Header.Get("X-RateLimit-Remaining") == "0" {
			return true
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body = io.NopCloser(bytes.NewReader(body))
		text := strings.ToLower(string(body))
		return strings.Contains(text, "rate limit") || strings.Contains(text, "abuse detection")
	}
	return false
}

// limitWait returns how long a limit lasts: what Retry-After says, else until
// the reset, else a minute, and twice that on every further try. The server's
// clock is compared with itself.
func limitWait(h http.Header, try int) time.Duration {
	const margin = time.Second
	if n, err := strconv.Atoi(h.Get("Retry-After")); err == nil {
		return max(time.Duration(n)*time.Second, margin)
	}
	now, err := http.ParseTime(h.Get("Date"))
	if err == nil {
		if at, err := http.ParseTime(h.Get("Retry-After")); err == nil {
			return max(at.Sub(now), margin)
		}
		if reset, err := strconv.ParseInt(h.Get("X-RateLimit-Reset"), 10, 64); err == nil && h.Get("X-RateLimit-Remaining") == "0" {
			return max(time.Unix(reset, 0).Sub(now)+margin, margin)
		}
	}
	return time.Minute << (try - 1)
}

// forgetLimits takes the limits out of an answer.
func forgetLimits(resp *http.Response) {
	if resp == nil {
		return
	}
	for name := range resp.Header {
		if strings.HasPrefix(strings.ToLower(name), "x-ratelimit-") {
			resp.Header.Del(name)
		}
	}
	resp.Header.Del("Retry-After")
}
