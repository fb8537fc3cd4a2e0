package queue

import (
	"fmt"
	"testing"

	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/component-base/featuregate"
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
	featuregatetesting.SetFeatureGateEmulationVersionDuringTest(t, features.Gate, version.MustParse("1.2"))
	featuregatetesting.SetFeatureGateDuringTest(t, features.Gate, features.LendingLimit, false)
	q := &Queue{Name: "a", Quota: 10, Used: 2, Lending: limit(3)}
	if got := q.Lendable(); got != 8 {
		t.Errorf("got %d", got)
	}
}

func TestValidate(t *testing.T) {
	cases := map[string]struct {
		gates map[featuregate.Feature]bool
		queue Queue
		want  int
	}{
		"fine": {
			gates: map[featuregate.Feature]bool{features.LendingLimit: true},
			queue: Queue{Quota: 3, Lending: limit(2)},
		},
		"too much": {
			gates: map[featuregate.Feature]bool{features.LendingLimit: true},
			queue: Queue{Quota: 3, Lending: limit(4)},
			want:  1,
		},
		"too early": {
			gates: map[featuregate.Feature]bool{features.LendingLimit: false},
			queue: Queue{Quota: 3, Lending: limit(2)},
			want:  1,
		},
		"negative": {
			queue: Queue{Quota: -1},
			want:  1,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			for gate, on := range c.gates {
				featuregatetesting.SetFeatureGateDuringTest(t, features.Gate, gate, on)
			}
			if got := c.queue.Validate(); len(got) != c.want {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestOrder(t *testing.T) {
	for _, fair := range []bool{false, true} {
		t.Run(fmt.Sprintf("fair=%t", fair), func(t *testing.T) {
			featuregatetesting.SetFeatureGateDuringTest(t, features.Gate, features.FairSharing, fair)
			want := "a"
			if fair {
				want = "b"
			}
			queues := []*Queue{{Name: "a", Used: 3}, {Name: "b", Used: 1}}
			if Order(queues); queues[0].Name != want {
				t.Errorf("got %s first", queues[0].Name)
			}
		})
	}
}
