// Package features registers the gates.
package features

import "k8s.io/component-base/featuregate"

const (
	// owner: @scheduling
	//
	// FairSharing orders the queues by what each has had.
	FairSharing featuregate.Feature = "FairSharing"

	// owner: @scheduling
	//
	// LendingLimit lets a queue keep some of its quota from others.
	LendingLimit featuregate.Feature = "LendingLimit"

	// owner: @api
	//
	// Visibility serves the pending workloads.
	Visibility featuregate.Feature = "Visibility"
)

// Gate holds the gates.
var Gate featuregate.MutableFeatureGate = featuregate.NewFeatureGate()

var defaults = map[featuregate.Feature]featuregate.FeatureSpec{
	FairSharing:  {Default: false, PreRelease: featuregate.Alpha},
	LendingLimit: {Default: true, PreRelease: featuregate.Beta},
	Visibility:   {Default: true, PreRelease: featuregate.Beta},
}

func init() {
	if err := Gate.Add(defaults); err != nil {
		panic(err)
	}
}

// Enabled reports whether a gate is on.
func Enabled(f featuregate.Feature) bool { return Gate.Enabled(f) }
