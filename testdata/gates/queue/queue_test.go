package queue

import (
	"testing"

	featuregatetesting "k8s.io/component-base/featuregate/testing"

	"example.com/gates/features"
)

func limit(n int) *int { return &n }

func TestLendable(t *testing.T) {
	featuregatetesting.SetFeatureGateDuringTest(t, features.Gate, features.LendingLimit, true)
	q := &Queue{Name: "a", Quota: 10, Used: 2, Lending: limit(3)}
	if got := q.Lendable(); got != 3 {
		t.Errorf("got %d", got)
	}
	q.Lending = nil
	if got := q.Lendable(); got != 8 {
		t.Errorf("got %d", got)
	}
}

func TestLendableWithoutLimit(t *testing.T) {
	featuregatetesting.SetFeatureGateDuringTest(t, features.Gate, features.LendingLimit, false)
	q := &Queue{Name: "a", Quota: 10, Used: 2, Lending: limit(3)}
	if got := q.Lendable(); got != 8 {
		t.Errorf("got %d", got)
	}
}

func TestValidate(t *testing.T) {
	for _, c := range []struct {
		name  string
		queue Queue
		want  int
	}{
		{"fine", Queue{Quota: 3, Lending: limit(2)}, 0},
		{"too much", Queue{Quota: 3, Lending: limit(4)}, 1},
		{"negative", Queue{Quota: -1}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.queue.Validate(); len(got) != c.want {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestOrder(t *testing.T) {
	featuregatetesting.SetFeatureGateDuringTest(t, features.Gate, features.FairSharing, true)
	queues := []*Queue{{Name: "a", Used: 3}, {Name: "b", Used: 1}}
	if Order(queues); queues[0].Name != "b" {
		t.Errorf("got %s first", queues[0].Name)
	}
}
