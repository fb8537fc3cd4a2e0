// This file asks people to look at a pull request.

package forge

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/google/go-github/v60/github"
)

// Assign assigns people to a pull request. Its error names those whom the forge
// does not take: it leaves them out in silence.
func (c *Client) Assign(ctx context.Context, repo Repository, number int, users []string) error {
	doing := fmt.Sprintf("assigning pull request #%d of %s", number, repo)
	issue, _, err := c.gh.Issues.AddAssignees(ctx, repo.Owner, repo.Name, number, users)
	if err != nil {
		return explain(err, doing)
	}
	var left []string
	for _, user := range users {
		if !slices.ContainsFunc(issue.Assignees, func(u *github.User) bool { return strings.EqualFold(u.GetLogin(), user) }) {
			left = append(left, user)
		}
	}
	if len(left) > 0 {
		return fmt.Errorf("%s: the forge does not take %s. Name people who have access to the repository", doing, strings.Join(left, ", "))
	}
	return nil
}

// RequestReviews asks users, and teams as org/team, for a review. The forge takes
// all or none, so those are asked one by one of whom it does not take some.
func (c *Client) RequestReviews(ctx context.Context, repo Repository, number int, reviewers []string) error {
	err := c.requestReviews(ctx, repo, number, reviewers)
	if len(reviewers) < 2 || !hasSign(err, "", http.StatusUnprocessableEntity) {
		return c.explainReviews(err, repo, number, reviewers)
	}
	var errs []error
	for _, reviewer := range reviewers {
		one := []string{reviewer}
		errs = append(errs, c.explainReviews(c.requestReviews(ctx, repo, number, one), repo, number, one))
	}
	return errors.Join(errs...)
}

func (c *Client) requestReviews(ctx context.Context, repo Repository, number int, reviewers []string) error {
	var in github.ReviewersRequest
	for _, reviewer := range reviewers {
		if _, team, isTeam := strings.Cut(reviewer, "/"); isTeam {
			in.TeamReviewers = append(in.TeamReviewers, team)
		} else {
			in.Reviewers = append(in.Reviewers, reviewer)
		}
	}
	path := fmt.Sprintf("repos/%s/%s/pulls/%d/requested_reviewers", repo.Owner, repo.Name, number)
	req, err := c.gh.NewRequest(http.MethodPost, path, in)
	if err != nil {
		return err
	}
	_, err = c.gh.Do(ctx, req, nil) // what it answers depends on the forge
	return err
}

func (c *Client) explainReviews(err error, repo Repository, number int, reviewers []string) error {
	return explain(err, fmt.Sprintf("asking %s to review pull request #%d of %s", strings.Join(reviewers, ", "), number, repo))
}
