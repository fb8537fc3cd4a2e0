// This file is the REST interface: routes, answers, and their JSON.

package forgetest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// api returns the handler of everything below /api/v3.
func (s *Server) api() http.Handler {
	const repo = apiRoot + "/repos/{owner}/{name}"
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+repo, s.getRepository)
	mux.HandleFunc("GET "+repo+"/branches/{branch...}", s.getBranch)
	mux.HandleFunc("GET "+repo+"/git/ref/heads/{branch...}", s.getBranch)
	mux.HandleFunc("DELETE "+repo+"/git/refs/heads/{branch...}", s.deleteRef)
	mux.HandleFunc("GET "+repo+"/pulls", s.listPulls)
	mux.HandleFunc("POST "+repo+"/pulls", s.createPull)
	mux.HandleFunc("GET "+repo+"/pulls/{number}", s.getPull)
	mux.HandleFunc("PATCH "+repo+"/pulls/{number}", s.editPull)
	mux.HandleFunc("POST "+repo+"/pulls/{number}/requested_reviewers", s.requestReviews)
	mux.HandleFunc("POST "+repo+"/issues/{number}/assignees", s.assign)
	mux.HandleFunc("GET "+repo+"/pulls/{number}/commits", s.listCommits)
	mux.HandleFunc("GET "+repo+"/pulls/{number}/files", s.listFiles)
	mux.HandleFunc("GET "+repo+"/issues/{number}", s.getIssue)
	mux.HandleFunc("GET "+repo+"/issues/{number}/comments", s.listComments)
	mux.HandleFunc("POST "+repo+"/issues/{number}/comments", s.createComment)
	mux.HandleFunc("POST "+repo+"/issues/{number}/labels", s.addLabels)
	mux.HandleFunc("DELETE "+repo+"/issues/{number}/labels/{label}", s.removeLabel)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { notFound(w) })
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if req.Header.Get("Authorization") != "Bearer "+s.Token {
			answer(w, http.StatusUnauthorized, map[string]string{"message": "Bad credentials"})
			return
		}
		parts := strings.SplitN(strings.TrimPrefix(req.URL.Path, apiRoot+"/repos/"), "/", 3)
		if len(parts) < 2 {
			notFound(w)
			return
		}
		moved, known := s.whereIs(parts[0] + "/" + parts[1])
		switch {
		case !known:
			notFound(w)
		case moved != "":
			rest := strings.TrimPrefix(req.URL.Path, apiRoot+"/repos/"+parts[0]+"/"+parts[1])
			w.Header().Set("Location", s.URL+apiRoot+"/repos/"+moved+rest+query(req))
			answer(w, http.StatusMovedPermanently, map[string]string{"message": "Moved Permanently"})
		default:
			mux.ServeHTTP(w, req)
		}
	})
}

// query returns the query of a request, with its question mark.
func query(req *http.Request) string {
	if req.URL.RawQuery == "" {
		return ""
	}
	return "?" + req.URL.RawQuery
}

func (s *Server) getRepository(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	answer(w, http.StatusOK, s.repositoryJSON())
}

func (s *Server) repositoryJSON() map[string]any {
	return map[string]any{
		"id": 1, "name": s.Name, "full_name": s.Owner + "/" + s.Name, "owner": map[string]any{"login": s.Owner},
		"default_branch": "main", "archived": false, "clone_url": s.CloneURL(), "html_url": s.URL + "/" + s.Owner + "/" + s.Name,
		"permissions": map[string]bool{"admin": false, "push": !s.readOnly, "pull": true},
	}
}

func (s *Server) getBranch(w http.ResponseWriter, req *http.Request) {
	name := req.PathValue("branch")
	sha := s.Head(name)
	if sha == "" {
		notFound(w)
		return
	}
	answer(w, http.StatusOK, map[string]any{
		"name": name, "commit": map[string]any{"sha": sha},
		"ref": "refs/heads/" + name, "object": map[string]any{"type": "commit", "sha": sha},
	})
}

func (s *Server) deleteRef(w http.ResponseWriter, req *http.Request) {
	name := req.PathValue("branch")
	if s.Head(name) == "" {
		answer(w, http.StatusUnprocessableEntity, map[string]string{"message": "Reference does not exist"})
		return
	}
	s.DeleteBranch(name)
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) getPull(w http.ResponseWriter, req *http.Request) {
	s.withPull(w, req, func(p *Pull) { answer(w, http.StatusOK, s.pullJSON(p)) })
}

func (s *Server) pullJSON(p *Pull) map[string]any {
	labels := []any{}
	for _, l := range p.Labels {
		labels = append(labels, map[string]any{"name": l})
	}
	head := map[string]any{"ref": p.Branch, "label": s.Owner + ":" + p.Branch, "sha": p.Head, "repo": s.repositoryJSON()}
	if p.LostHead {
		head["repo"], head["user"] = nil, nil
	}
	j := map[string]any{
		"number": p.Number, "title": p.Title, "body": p.Body, "state": "open", "draft": p.Draft, "labels": labels, "user": map[string]any{"login": p.CreatedBy},
		"html_url": fmt.Sprintf("%s/%s/%s/pull/%d", s.URL, s.Owner, s.Name, p.Number),
		"head":     head, "base": map[string]any{"ref": p.Base, "repo": s.repositoryJSON()},
		"merged_at": nil, "closed_at": nil,
	}
	if !p.Open {
		j["state"], j["closed_at"] = "closed", "2026-02-03T04:05:06Z"
	}
	if p.Merged {
		j["merged_at"] = "2026-02-03T04:05:06Z"
	}
	if p.Body == "" {
		j["body"] = nil
	}
	return j
}

func (s *Server) listCommits(w http.ResponseWriter, req *http.Request) {
	s.withPull(w, req, func(p *Pull) {
		list := []any{}
		for _, line := range strings.Split(s.Git("log", "--reverse", "--format=%H %ae %ce", p.Base+".."+p.Head), "\n") {
			if f := strings.Fields(line); len(f) == 3 {
				list = append(list, map[string]any{"sha": f[0], "commit": map[string]any{
					"author": map[string]any{"email": f[1]}, "committer": map[string]any{"email": f[2]},
				}})
			}
		}
		page(w, req, list)
	})
}

func (s *Server) listFiles(w http.ResponseWriter, req *http.Request) {
	s.withPull(w, req, func(p *Pull) {
		list := []any{}
		for _, name := range strings.Fields(s.Git("diff", "--name-only", p.Base+"..."+p.Head)) {
			list = append(list, map[string]any{"filename": name})
		}
		page(w, req, list)
	})
}

// answer writes an answer, with the limits that GitHub tells in each.
func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-RateLimit-Limit", "5000")
	w.Header().Set("X-RateLimit-Remaining", "0") // used up: a client must ask all the same
	w.Header().Set("X-RateLimit-Reset", "32503680000")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func notFound(w http.ResponseWriter) {
	answer(w, http.StatusNotFound, map[string]string{"message": "Not Found"})
}

func invalid(w http.ResponseWriter, errs ...map[string]string) {
	answer(w, http.StatusUnprocessableEntity, map[string]any{"message": "Validation Failed", "errors": errs})
}

// decode reads the body of a request.
func decode(w http.ResponseWriter, req *http.Request, in any) bool {
	if err := json.NewDecoder(req.Body).Decode(in); err != nil {
		answer(w, http.StatusBadRequest, map[string]string{"message": "Problems parsing JSON"})
		return false
	}
	return true
}

// page writes one page of a list.
func page(w http.ResponseWriter, req *http.Request, list []any) {
	q := req.URL.Query()
	size, _ := strconv.Atoi(q.Get("per_page"))
	if size <= 0 || size > 100 {
		size = 30
	}
	n, _ := strconv.Atoi(q.Get("page"))
	n = max(n, 1)
	from, to := min((n-1)*size, len(list)), min(n*size, len(list))
	if to < len(list) {
		q.Set("page", strconv.Itoa(n+1))
		w.Header().Set("Link", fmt.Sprintf(`<http://%s%s?%s>; rel="next"`, req.Host, req.URL.Path, q.Encode()))
	}
	answer(w, http.StatusOK, append([]any{}, list[from:to]...))
}
