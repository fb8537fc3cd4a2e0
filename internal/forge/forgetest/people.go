// This file is who is asked to look at a pull request.

package forgetest

import (
	"net/http"
	"slices"
)

// assign is POST /repos/{owner}/{name}/issues/{number}/assignees. Those who have
// no access are left out, as GitHub does.
func (s *Server) assign(w http.ResponseWriter, req *http.Request) {
	var in struct{ Assignees []string }
	if !decode(w, req, &in) {
		return
	}
	s.withPull(w, req, func(p *Pull) {
		list := []any{}
		for _, user := range in.Assignees {
			if !slices.Contains(s.Strangers, user) {
				p.Assignees = append(p.Assignees, user)
			}
		}
		for _, user := range p.Assignees {
			list = append(list, map[string]any{"login": user})
		}
		j := s.pullJSON(p)
		j["assignees"] = list
		answer(w, http.StatusCreated, j)
	})
}

// requestReviews is POST /repos/{owner}/{name}/pulls/{number}/requested_reviewers.
// Where one cannot be asked, none is.
func (s *Server) requestReviews(w http.ResponseWriter, req *http.Request) {
	var in struct {
		Reviewers     []string
		TeamReviewers []string `json:"team_reviewers"`
	}
	if !decode(w, req, &in) {
		return
	}
	s.withPull(w, req, func(p *Pull) {
		all := slices.Clone(in.Reviewers)
		for _, team := range in.TeamReviewers {
			all = append(all, "team "+team)
		}
		for _, who := range all {
			if slices.Contains(s.Strangers, who) || who == p.CreatedBy {
				answer(w, http.StatusUnprocessableEntity, map[string]string{"message": "Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the " + s.Owner + "/" + s.Name + " repository."})
				return
			}
		}
		p.Reviewers = append(p.Reviewers, all...)
		answer(w, http.StatusCreated, s.pullJSON(p))
	})
}
