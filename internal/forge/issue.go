// This file does what GitHub keeps with issues: comments and labels.

package forge

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/google/go-github/v60/github"
)

// Comment writes a comment unless one with the marker is there, and reports
// whether it did. Precondition: the body holds the marker.
func (c *Client) Comment(ctx context.Context, repo Repository, number int, marker, body string) (bool, error) {
	doing := fmt.Sprintf("commenting on pull request #%d of %s", number, repo)
	for try := 1; ; try++ {
		said, err := c.hasComment(ctx, repo, number, marker)
		if err != nil {
			return false, explain(err, doing)
		}
		if said {
			return try > 1, nil
		}
		_, _, err = c.gh.Issues.CreateComment(ctx, repo.Owner, repo.Name, number, &github.IssueComment{Body: &body})
		if err == nil {
			return true, nil
		}
		if !isGoneError(err) || try == 4 {
			return false, explain(err, doing)
		}
		if err := c.sleep(ctx, time.Second<<(try-1)); err != nil {
			return false, err
		}
	}
}

// hasComment reports whether a comment holds the marker.
func (c *Client) hasComment(ctx context.Context, repo Repository, number int, marker string) (bool, error) {
	opts := &github.IssueListCommentsOptions{ListOptions: github.ListOptions{PerPage: 100}}
	for range maxPages {
		page, resp, err := c.gh.Issues.ListComments(ctx, repo.Owner, repo.Name, number, opts)
		if err != nil {
			return false, err
		}
		for _, comment := range page {
			if strings.Contains(comment.GetBody(), marker) {
				return true, nil
			}
		}
		if resp == nil || resp.NextPage == 0 {
			break
		}
		opts.Page = resp.NextPage
	}
	return false, nil
}

// AddLabels adds labels. go-github's own call sends a bare list, which is not
// in the schema. A pull request that was just opened may not be known to every
// part of the forge, so it is tried some times.
func (c *Client) AddLabels(ctx context.Context, repo Repository, number int, labels []string) error {
	doing := fmt.Sprintf("labelling pull request #%d of %s", number, repo)
	path := fmt.Sprintf("repos/%s/%s/issues/%d/labels", repo.Owner, repo.Name, number)
	for try := 1; ; try++ {
		req, err := c.gh.NewRequest(http.MethodPost, path, struct {
			Labels []string `json:"labels"`
		}{labels})
		if err != nil {
			return explain(err, doing)
		}
		_, err = c.gh.Do(ctx, req, nil)
		again := isGoneError(err) || hasSign(err, "could not resolve to a node", http.StatusUnprocessableEntity)
		if !again || try == 4 {
			return explain(err, doing)
		}
		if err := c.sleep(ctx, time.Second<<(try-1)); err != nil {
			return err
		}
	}
}

// RemoveLabel removes a label; that it is not there is fine.
func (c *Client) RemoveLabel(ctx context.Context, repo Repository, number int, label string) error {
	_, err := c.gh.Issues.RemoveLabelForIssue(ctx, repo.Owner, repo.Name, number, label)
	if hasSign(err, "", http.StatusNotFound) {
		return nil
	}
	return explain(err, fmt.Sprintf("removing a label from pull request #%d of %s", number, repo))
}

// ClosedBy returns who closed the pull request; "" where the forge does not say.
func (c *Client) ClosedBy(ctx context.Context, repo Repository, number int) string {
	issue, _, err := c.gh.Issues.Get(ctx, repo.Owner, repo.Name, number)
	if err != nil {
		return ""
	}
	return issue.GetClosedBy().GetLogin()
}
