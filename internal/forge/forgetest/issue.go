// This file is what GitHub keeps with issues: comments and labels.

package forgetest

import (
	"net/http"
	"slices"
)

func (s *Server) getIssue(w http.ResponseWriter, req *http.Request) {
	s.withPull(w, req, func(p *Pull) {
		j := s.pullJSON(p)
		if p.ClosedBy != "" {
			j["closed_by"] = map[string]any{"login": p.ClosedBy}
		}
		answer(w, http.StatusOK, j)
	})
}

func (s *Server) listComments(w http.ResponseWriter, req *http.Request) {
	s.withPull(w, req, func(p *Pull) {
		list := []any{}
		for i, body := range p.Comments {
			list = append(list, map[string]any{"id": i + 1, "body": body})
		}
		page(w, req, list)
	})
}

func (s *Server) createComment(w http.ResponseWriter, req *http.Request) {
	var in struct{ Body string }
	if !decode(w, req, &in) {
		return
	}
	s.withPull(w, req, func(p *Pull) {
		p.Comments = append(p.Comments, in.Body)
		answer(w, http.StatusCreated, map[string]any{"id": len(p.Comments), "body": in.Body})
	})
}

// addLabels takes the object of the schema alone, not the bare list.
func (s *Server) addLabels(w http.ResponseWriter, req *http.Request) {
	var in struct{ Labels []string }
	if !decode(w, req, &in) {
		return
	}
	s.withPull(w, req, func(p *Pull) {
		list := []any{}
		for _, l := range in.Labels {
			if !slices.Contains(p.Labels, l) {
				p.Labels = append(p.Labels, l)
			}
		}
		for _, l := range p.Labels {
			list = append(list, map[string]any{"name": l})
		}
		answer(w, http.StatusOK, list)
	})
}

func (s *Server) removeLabel(w http.ResponseWriter, req *http.Request) {
	s.withPull(w, req, func(p *Pull) {
		i := slices.Index(p.Labels, req.PathValue("label"))
		if i < 0 {
			notFound(w)
			return
		}
		p.Labels = slices.Delete(p.Labels, i, i+1)
		answer(w, http.StatusOK, []any{})
	})
}
