// Package clusters asks for flags in each way that the catalogue knows of systems
// for operators of clusters and of databases.
package clusters

import (
	"testing"

	clientfeatures "k8s.io/client-go/features"
	clientfeaturestesting "k8s.io/client-go/features/testing"
	"k8s.io/component-base/featuregate"
	featuregatetesting "k8s.io/component-base/featuregate/testing"
)

// on makes something of values.
func on(...any) {}

// NewScheduler is a gate.
const NewScheduler featuregate.Feature = "NewScheduler"

// WatchList is a gate of the client.
const WatchList clientfeatures.Feature = "WatchList"

var gates featuregate.MutableVersionedFeatureGate = featuregate.NewFeatureGate()

func register(r clientfeatures.Registry) error {
	if err := gates.Add(map[featuregate.Feature]featuregate.FeatureSpec{NewScheduler: {Default: true}}); err != nil {
		return err
	}
	return r.Add(map[clientfeatures.Feature]clientfeatures.FeatureSpec{WatchList: {Default: true}})
}

func registerVersioned(r clientfeatures.VersionedRegistry) error {
	if err := gates.AddVersioned(map[featuregate.Feature]featuregate.VersionedSpecs{NewScheduler: {{Default: true}}}); err != nil {
		return err
	}
	return r.AddVersioned(map[clientfeatures.Feature]clientfeatures.VersionedSpecs{WatchList: {{Default: true}}})
}

func kubernetes(g featuregate.FeatureGate) {
	on(gates.Enabled(NewScheduler), g.Enabled("Literal")) // want read:NewScheduler read:Literal
	on(clientfeatures.FeatureGates().Enabled(WatchList))  // want read:WatchList
}

func kubernetesTests(t *testing.T, g featuregate.MutableFeatureGate) {
	featuregatetesting.SetFeatureGateDuringTest(t, gates, NewScheduler, true) // want override:NewScheduler=true
	featuregatetesting.SetFeatureGatesDuringTest(t, gates, featuregatetesting.FeatureOverrides{
		NewScheduler: false, // want override:NewScheduler=false
	})
	clientfeaturestesting.SetFeatureDuringTest(t, WatchList, true) // want override:WatchList=true
	featuregatetesting.SetFeatureGateEmulationVersionDuringTest(t, gates, nil)
	on(g.SetFromMap(map[string]bool{
		"NewScheduler": true, // want override:NewScheduler=true
	}))
	on(g.OverrideDefault(NewScheduler, false))                  // want override:NewScheduler=false
	on(gates.OverrideDefaultAtVersion(NewScheduler, true, nil)) // want override:NewScheduler=true
}
