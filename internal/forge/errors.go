// This file words the forge's refusals for people.

package forge

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/google/go-github/v60/github"
)

// ErrNoCommits says that a branch holds nothing that its base has not.
var ErrNoCommits = errors.New("the branch has no commits that its base has not")

// Error is a refusal of the forge.
type Error struct {
	Doing   string // what was being done
	Status  int    // of HTTP
	Message string // what the forge said
	Next    string // what to do, as a sentence without its stop; "" where nobody knows
}

func (e *Error) Error() string {
	text := fmt.Sprintf("%s: the forge answers %d %s", e.Doing, e.Status, e.Message)
	if e.Next != "" {
		text += ". " + e.Next
	}
	return text
}

// IsHopeless reports whether, after this error, no other call with the same
// token has a chance for now: a bad token, no rights, a limit.
func IsHopeless(err error) bool {
	var limit *RateLimitError
	var refusal *Error
	return errors.As(err, &limit) || errors.Is(err, ErrMoved) ||
		errors.As(err, &refusal) && (refusal.Status == http.StatusUnauthorized || refusal.Status == http.StatusForbidden)
}

// advice maps signs in a refusal to what to do; the first that fits wins.
var advice = []struct {
	status int
	sign   string // lower case, in the message
	next   string
}{
	{403, "not permitted to create or approve pull requests", `Turn on "Allow GitHub Actions to create and approve pull requests" in Settings > Actions > General, of the organization first, or use the token of a GitHub App`},
	{403, "not accessible by integration", "Give the workflow `permissions: {contents: write, pull-requests: write}`"},
	{403, "not accessible by personal access token", "Give the token read and write access to Contents and Pull requests of this repository"},
	{403, "saml", "Authorize the token for the organization's single sign-on"},
	{403, "archived", "Unarchive the repository first"},
	{403, "", "Give the token write access to contents and pull requests of this repository"},
	{401, "", "Check that GITHUB_TOKEN holds a token of this forge that has not expired"},
	{404, "", "Check the repository's name, and that the token may see it"},
	{410, "", "Turn on issues and pull requests in the repository's settings"},
}

// explain turns an error of go-github into one for people.
func explain(err error, doing string) error {
	if err == nil {
		return nil
	}
	var answer *github.ErrorResponse
	if !errors.As(err, &answer) || answer.Response == nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	e := &Error{Doing: doing, Status: answer.Response.StatusCode, Message: message(answer)}
	text := strings.ToLower(e.Message)
	for _, a := range advice {
		if a.status == e.Status && strings.Contains(text, a.sign) {
			e.Next = a.next
			break
		}
	}
	return e
}

// message joins what the forge said, in one line.
func message(answer *github.ErrorResponse) string {
	parts := []string{answer.Message}
	for _, e := range answer.Errors {
		switch {
		case e.Message != "":
			parts = append(parts, e.Message)
		case e.Field != "" || e.Code != "":
			parts = append(parts, strings.TrimSpace(e.Resource+" "+e.Field+" "+e.Code))
		}
	}
	return strings.Join(strings.Fields(strings.Join(parts, "; ")), " ")
}

// hasSign reports whether err is a refusal with that status whose text holds
// the sign. Texts are known by parts, never whole: they vary.
func hasSign(err error, sign string, status ...int) bool {
	var answer *github.ErrorResponse
	if !errors.As(err, &answer) || answer.Response == nil {
		return false
	}
	for _, s := range status {
		if answer.Response.StatusCode == s && strings.Contains(strings.ToLower(message(answer)), sign) {
			return true
		}
	}
	return false
}

// isGoneError reports whether err says that the server was away for a moment.
func isGoneError(err error) bool {
	var answer *github.ErrorResponse
	return errors.As(err, &answer) && answer.Response != nil && isGone(answer.Response.StatusCode)
}
