// This file finds, opens, updates and closes pull requests.

package forge

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/google/go-github/v60/github"
)

// PullRequest is a pull request whose branch is in the repository itself.
type PullRequest struct {
	Number      int
	URL         string
	Title, Body string
	Branch      string // its head
	Head        string // the commit at its head
	Base        string // the branch it is for
	Open        bool
	Merged      bool
	ClosedAt    time.Time // zero where it is open, or unknown
	Draft       bool
	Labels      []string
}

// HasLabel reports whether the pull request has the label.
func (p PullRequest) HasLabel(label string) bool {
	for _, l := range p.Labels {
		if strings.EqualFold(l, label) {
			return true
		}
	}
	return false
}

// maxPages bounds how far a list is read: 30 pages of 100.
const maxPages = 30

// FindPullRequests returns the pull requests, open and closed, whose head is
// that branch of the repository, and whose body holds the marker ("" is in
// every body), the newest first. Not every forge heeds the filter, so it is
// applied here again.
func (c *Client) FindPullRequests(ctx context.Context, repo Repository, branch, marker string) ([]PullRequest, error) {
	opts := &github.PullRequestListOptions{State: "all", Head: repo.Owner + ":" + branch, Sort: "created", Direction: "desc"}
	return c.pullRequests(ctx, repo, opts, func(p PullRequest) bool {
		return p.Branch == branch && strings.Contains(p.Body, marker)
	})
}

// OpenPullRequests returns the open pull requests whose head is a branch of
// the repository with that prefix.
func (c *Client) OpenPullRequests(ctx context.Context, repo Repository, prefix string) ([]PullRequest, error) {
	opts := &github.PullRequestListOptions{State: "open"}
	return c.pullRequests(ctx, repo, opts, func(p PullRequest) bool { return p.Open && strings.HasPrefix(p.Branch, prefix) })
}

// pullRequests reads all pages of a list and keeps what is wanted.
func (c *Client) pullRequests(ctx context.Context, repo Repository, opts *github.PullRequestListOptions, wanted func(PullRequest) bool) ([]PullRequest, error) {
	opts.PerPage = 100
	var list []PullRequest
	for range maxPages {
		page, resp, err := c.gh.PullRequests.List(ctx, repo.Owner, repo.Name, opts)
		if err != nil {
			return nil, explain(err, "listing pull requests of "+repo.String())
		}
		for _, got := range page {
			if !isFrom(got, repo) {
				continue
			}
			if p := pullRequest(got); wanted(p) {
				list = append(list, p)
			}
		}
		if resp == nil || resp.NextPage == 0 {
			break
		}
		opts.Page = resp.NextPage
	}
	return list, nil
}

// isFrom reports whether the head of a pull request is in the repository, and
// not in a fork. The head's repository is nil when it was deleted.
func isFrom(p *github.PullRequest, repo Repository) bool {
	head := p.GetHead().GetRepo()
	return p != nil && head != nil && strings.EqualFold(head.GetFullName(), repo.String())
}

// pullRequest reads an answer; any field may be absent.
func pullRequest(got *github.PullRequest) PullRequest {
	p := PullRequest{
		Number: got.GetNumber(), URL: got.GetHTMLURL(),
		Title: got.GetTitle(), Body: got.GetBody(),
		Branch: got.GetHead().GetRef(), Head: got.GetHead().GetSHA(), Base: got.GetBase().GetRef(),
		Open:     got.GetState() == "open",
		Merged:   got.GetMerged() || got.MergedAt != nil,
		ClosedAt: got.GetClosedAt().Time,
		Draft:    got.GetDraft(),
	}
	if got == nil {
		return p
	}
	for _, l := range got.Labels {
		if name := l.GetName(); name != "" {
			p.Labels = append(p.Labels, name)
		}
	}
	return p
}

// Proposal is a pull request to be opened.
type Proposal struct {
	Branch, Base string // both in the same repository
	Title, Body  string
	Draft        bool // where the forge has drafts
}

// Open opens a pull request. Where there is one already, since somebody was
// faster or an answer got lost, that one is brought to title and body, and
// existed is true. It returns ErrNoCommits where there is nothing to propose.
func (c *Client) Open(ctx context.Context, repo Repository, proposal Proposal) (p PullRequest, existed bool, err error) {
	doing := fmt.Sprintf("opening a pull request in %s", repo)
	for try := 1; ; try++ {
		in := &github.NewPullRequest{Title: &proposal.Title, Body: &proposal.Body, Head: &proposal.Branch, Base: &proposal.Base}
		if proposal.Draft {
			in.Draft = &proposal.Draft
		}
		got, _, err := c.gh.PullRequests.Create(ctx, repo.Owner, repo.Name, in)
		switch {
		case err == nil && got.GetNumber() == 0:
			return PullRequest{}, false, fmt.Errorf("%s: the answer names no pull request", doing)
		case err == nil:
			return pullRequest(got), false, nil
		case hasSign(err, "no commits between", http.StatusUnprocessableEntity):
			return PullRequest{}, false, fmt.Errorf("%s: %w", doing, ErrNoCommits)
		case hasSign(err, "already exists", http.StatusUnprocessableEntity, http.StatusConflict):
			p, err = c.adopt(ctx, repo, proposal)
			return p, true, err
		case proposal.Draft && hasSign(err, "draft", http.StatusUnprocessableEntity):
			proposal.Draft = false
			try--
			continue
		case isGoneError(err):
			// It may have been opened all the same.
			if p, found := c.find(ctx, repo, proposal); found {
				return p, false, nil
			}
		case !hasSign(err, "head", http.StatusUnprocessableEntity):
			return PullRequest{}, false, explain(err, doing)
		}
		// The forge may not have seen the branch yet.
		if try == 4 {
			return PullRequest{}, false, explain(err, doing)
		}
		if err := c.sleep(ctx, time.Second<<(try-1)); err != nil {
			return PullRequest{}, false, err
		}
	}
}

// find returns the open pull request for the branch of the proposal.
func (c *Client) find(ctx context.Context, repo Repository, proposal Proposal) (PullRequest, bool) {
	list, err := c.FindPullRequests(ctx, repo, proposal.Branch, "")
	if err != nil {
		return PullRequest{}, false
	}
	for _, p := range list {
		if p.Open && p.Base == proposal.Base {
			return p, true
		}
	}
	return PullRequest{}, false
}

// adopt updates the pull request that exists already.
func (c *Client) adopt(ctx context.Context, repo Repository, proposal Proposal) (PullRequest, error) {
	p, found := c.find(ctx, repo, proposal)
	if !found {
		return PullRequest{}, fmt.Errorf("opening a pull request in %s: the forge says that there is one for the branch %q, yet lists none. Close it, or delete the branch", repo, proposal.Branch)
	}
	if p.Title == proposal.Title && p.Body == proposal.Body {
		return p, nil
	}
	return c.Update(ctx, repo, p.Number, proposal.Title, proposal.Body)
}

// Update sets title and body.
func (c *Client) Update(ctx context.Context, repo Repository, number int, title, body string) (PullRequest, error) {
	got, _, err := c.gh.PullRequests.Edit(ctx, repo.Owner, repo.Name, number, &github.PullRequest{Title: &title, Body: &body})
	if err != nil {
		return PullRequest{}, explain(err, fmt.Sprintf("updating pull request #%d of %s", number, repo))
	}
	return pullRequest(got), nil
}

// Close closes the pull request without merging it.
func (c *Client) Close(ctx context.Context, repo Repository, number int) error {
	closed := "closed"
	_, _, err := c.gh.PullRequests.Edit(ctx, repo.Owner, repo.Name, number, &github.PullRequest{State: &closed})
	return explain(err, fmt.Sprintf("closing pull request #%d of %s", number, repo))
}
