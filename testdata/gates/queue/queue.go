// Package queue lends quota between queues.
package queue

import (
	"fmt"
	"sort"

	"example.com/gates/features"
)

// Queue has a quota, and lends what it does not use.
type Queue struct {
	Name    string
	Quota   int
	Used    int
	Lending *int // no more than this is lent; nil is all
}

// Lendable returns how much others may borrow of q.
func (q *Queue) Lendable() int {
	free := q.Quota - q.Used
	if !features.Enabled(features.LendingLimit) {
		return free
	}
	if q.Lending != nil {
		return min(free, *q.Lending)
	}
	return free
}

// Validate returns what is wrong with q.
func (q *Queue) Validate() []string {
	var wrong []string
	if q.Quota < 0 {
		wrong = append(wrong, "negative quota")
	}
	if features.Enabled(features.LendingLimit) && q.Lending != nil {
		wrong = append(wrong, validateLimit(q)...)
	} else if q.Lending != nil {
		wrong = append(wrong, disabled("lending limit"))
	}
	return wrong
}

func validateLimit(q *Queue) []string {
	if *q.Lending > q.Quota {
		return []string{fmt.Sprintf("lends %d of %d", *q.Lending, q.Quota)}
	}
	return nil
}

// disabled words that a field needs a gate.
func disabled(field string) string {
	return field + " needs a feature gate"
}

// Order sorts queues by who is to be served next.
func Order(queues []*Queue) {
	sort.SliceStable(queues, func(i, j int) bool {
		if features.Enabled(features.FairSharing) {
			return queues[i].Used < queues[j].Used
		}
		return queues[i].Name < queues[j].Name
	})
}
